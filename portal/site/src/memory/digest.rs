//! Data as bytes that differ when the data does, and their hash.
//!
//! What is hashed is what serde sees: places in files are no part of it, so that an edit does not change all that stands
//! behind it. The ids of types are counted by where they are met ([`Writer::references`]) and not by their number, which
//! an edit elsewhere moves.

use serde::ser::{self, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A hash of 128 bits of what was written.
pub(crate) type Digest = [u8; 16];

/// How the model calls the id of a type.
const TYPE_ID: &str = "TypeId";

/// Takes data.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    /// The types that the data names, in its order.
    references: Vec<u32>,
    /// Whether the number that comes next is the id of a type.
    is_id: bool,
}

impl Writer {
    /// Adds data, closed in itself.
    pub(crate) fn add(&mut self, data: &(impl Serialize + ?Sized)) {
        data.serialize(&mut *self)
            .expect("a writer into memory refuses nothing");
        self.bytes.push(b'.');
    }

    /// Adds bytes.
    pub(crate) fn add_bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend((bytes.len() as u64).to_le_bytes());
        self.bytes.extend(bytes);
    }

    /// The types that were named, in order; the list begins anew.
    pub(crate) fn take_references(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.references)
    }

    /// The hash of all that was added; the writer begins anew.
    pub(crate) fn finish(&mut self) -> Digest {
        let digest = of_bytes(&self.bytes);
        self.bytes.clear();
        self.references.clear();
        digest
    }

    fn tag(&mut self, tag: u8) {
        self.bytes.push(tag);
    }
}

/// The hash of data without types in it.
pub(crate) fn of(data: &(impl Serialize + ?Sized)) -> Digest {
    let mut writer = Writer::default();
    writer.add(data);
    writer.finish()
}

/// The hash of bytes.
pub(crate) fn of_bytes(bytes: &[u8]) -> Digest {
    let whole = Sha256::digest(bytes);
    let mut digest = Digest::default();
    digest.copy_from_slice(&whole[..16]);
    digest
}

/// Nothing is refused but what a type of ours refuses itself.
#[derive(Debug)]
pub(crate) struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Refused {
        Refused(message.to_string())
    }
}

macro_rules! numbers {
    ($($name:ident: $ty:ty = $tag:literal),*) => {
        $(fn $name(self, value: $ty) -> Result<(), Refused> {
            self.tag($tag);
            self.bytes.extend(value.to_le_bytes());
            Ok(())
        })*
    };
}

impl ser::Serializer for &mut Writer {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers!(
        serialize_i8: i8 = b'a', serialize_i16: i16 = b'b', serialize_i32: i32 = b'c', serialize_i64: i64 = b'd',
        serialize_u8: u8 = b'e', serialize_u16: u16 = b'f', serialize_u64: u64 = b'g', serialize_f32: f32 = b'h',
        serialize_f64: f64 = b'i'
    );

    fn serialize_u32(self, value: u32) -> Result<(), Refused> {
        if std::mem::take(&mut self.is_id) {
            self.references.push(value);
            self.tag(b'#');
        } else {
            self.tag(b'j');
            self.bytes.extend(value.to_le_bytes());
        }
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<(), Refused> {
        self.tag(if value { b'T' } else { b'F' });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Refused> {
        self.serialize_u32(u32::from(value))
    }

    fn serialize_str(self, value: &str) -> Result<(), Refused> {
        self.tag(b's');
        self.add_bytes(value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Refused> {
        self.tag(b'y');
        self.add_bytes(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.tag(b'0');
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        self.tag(b'1');
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.tag(b'u');
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<(), Refused> {
        self.tag(b'v');
        self.bytes.extend(index.to_le_bytes());
        self.add_bytes(variant.as_bytes());
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.is_id = name == TYPE_ID;
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.serialize_unit_variant(name, index, variant)?;
        value.serialize(self)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Self, Refused> {
        self.tag(b'[');
        Ok(self)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self, Refused> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Self, Refused> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self, Refused> {
        self.serialize_unit_variant(name, index, variant)?;
        self.serialize_seq(Some(length))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Self, Refused> {
        self.tag(b'{');
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Self, Refused> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self, Refused> {
        self.serialize_unit_variant(name, index, variant)?;
        self.serialize_map(Some(length))
    }
}

macro_rules! lists {
    ($($kind:ident: $element:ident),*) => {
        $(impl ser::$kind for &mut Writer {
            type Ok = ();
            type Error = Refused;

            fn $element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Refused> {
                self.tag(b']');
                Ok(())
            }
        })*
    };
}

lists!(SerializeSeq: serialize_element, SerializeTuple: serialize_element, SerializeTupleStruct: serialize_field, SerializeTupleVariant: serialize_field);

macro_rules! structs {
    ($($kind:ident),*) => {
        $(impl ser::$kind for &mut Writer {
            type Ok = ();
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Refused> {
                self.add_bytes(name.as_bytes());
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Refused> {
                self.tag(b'}');
                Ok(())
            }
        })*
    };
}

structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Refused> {
        self.tag(b'}');
        Ok(())
    }
}
