//! The style table, backwards.

use super::*;
use crate::mock::fixture;
use portolan_model::{Docs, Primitive, PrimitiveKind, TypeRef};
use serde_json::json;

fn integer() -> TypeRef {
    TypeRef::Primitive(Primitive::of(PrimitiveKind::Integer))
}

fn list(items: TypeRef) -> TypeRef {
    TypeRef::List {
        items: Box::new(items),
        bounds: None,
    }
}

fn parameter(location: Location, style: Style, explode: bool, ty: TypeRef) -> Parameter {
    Parameter {
        name: "color".into(),
        location,
        required: false,
        deprecated: false,
        docs: Docs::default(),
        encoding: ParameterEncoding::Style {
            style,
            explode,
            allow_reserved: false,
        },
        ty,
        default: None,
        examples: Vec::new(),
        allow_empty_value: false,
        encodings: Vec::new(),
        span: Default::default(),
    }
}

fn read(api: &Api, parameter: &Parameter, text: &str) -> Given {
    let mut headers = HeaderMap::new();
    let name: Name = "color".into();
    let mut path = Vec::new();
    let mut query = "";
    match parameter.location {
        Location::Path => path.push((&name, text.to_owned())),
        Location::Header => {
            headers.insert("color", text.parse().expect("a header"));
        }
        Location::Cookie => {
            headers.insert("cookie", text.parse().expect("a header"));
        }
        Location::Query | Location::Querystring => query = text,
    }
    let wire = Wire::new(path, query, &headers);
    decode(api, parameter, &wire)
}

/// Every row of the table, with a value without parts, a list and an object, whole and exploded.
#[test]
fn every_style_is_read_back() {
    use Location::{Cookie as InCookie, Header, Path, Query};
    use Style::{Cookie, DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
    let (api, rgb) = fixture::api_with_rgb();
    let text = TypeRef::string;
    let colours = || list(text());
    let blue = || json!("blue");
    let three = || json!(["blue", "black", "brown"]);
    let mix = || json!({"R": 100, "G": 200, "B": 150});
    let cases = [
        (Path, Simple, false, text(), "blue", blue()),
        (Path, Simple, true, text(), "blue", blue()),
        (Path, Simple, false, colours(), "blue,black,brown", three()),
        (Path, Simple, true, colours(), "blue,black,brown", three()),
        (Path, Simple, false, rgb.clone(), "R,100,G,200,B,150", mix()),
        (Path, Simple, true, rgb.clone(), "R=100,G=200,B=150", mix()),
        (Path, Label, false, text(), ".blue", blue()),
        (Path, Label, false, colours(), ".blue,black,brown", three()),
        (Path, Label, true, colours(), ".blue.black.brown", three()),
        (Path, Label, false, rgb.clone(), ".R,100,G,200,B,150", mix()),
        (Path, Label, true, rgb.clone(), ".R=100.G=200.B=150", mix()),
        (Path, Matrix, false, text(), ";color=blue", blue()),
        (
            Path,
            Matrix,
            false,
            colours(),
            ";color=blue,black,brown",
            three(),
        ),
        (
            Path,
            Matrix,
            true,
            colours(),
            ";color=blue;color=black;color=brown",
            three(),
        ),
        (
            Path,
            Matrix,
            false,
            rgb.clone(),
            ";color=R,100,G,200,B,150",
            mix(),
        ),
        (Path, Matrix, true, rgb.clone(), ";R=100;G=200;B=150", mix()),
        (Query, Form, false, text(), "color=blue", blue()),
        (Query, Form, true, text(), "color=blue", blue()),
        (
            Query,
            Form,
            false,
            colours(),
            "color=blue,black,brown",
            three(),
        ),
        (
            Query,
            Form,
            true,
            colours(),
            "color=blue&color=black&color=brown",
            three(),
        ),
        (
            Query,
            Form,
            false,
            rgb.clone(),
            "color=R,100,G,200,B,150",
            mix(),
        ),
        (Query, Form, true, rgb.clone(), "R=100&G=200&B=150", mix()),
        (
            Query,
            SpaceDelimited,
            false,
            colours(),
            "color=blue%20black%20brown",
            three(),
        ),
        (
            Query,
            SpaceDelimited,
            false,
            rgb.clone(),
            "color=R%20100%20G%20200%20B%20150",
            mix(),
        ),
        (
            Query,
            PipeDelimited,
            false,
            colours(),
            "color=blue%7Cblack%7Cbrown",
            three(),
        ),
        (
            Query,
            PipeDelimited,
            false,
            rgb.clone(),
            "color=R|100|G|200|B|150",
            mix(),
        ),
        (
            Query,
            DeepObject,
            true,
            rgb.clone(),
            "color%5BR%5D=100&color[G]=200&color[B]=150",
            mix(),
        ),
        (
            Header,
            Simple,
            false,
            colours(),
            "blue, black,brown",
            three(),
        ),
        (
            Header,
            Simple,
            false,
            rgb.clone(),
            "R,100,G,200,B,150",
            mix(),
        ),
        (
            Header,
            Simple,
            true,
            rgb.clone(),
            "R=100,G=200,B=150",
            mix(),
        ),
        (
            InCookie,
            Form,
            false,
            colours(),
            "a=b; color=blue,black,brown",
            three(),
        ),
        (
            InCookie,
            Form,
            true,
            colours(),
            "color=blue&color=black&color=brown",
            three(),
        ),
        (
            InCookie,
            Cookie,
            true,
            rgb.clone(),
            "R=100; G=200; B=150",
            mix(),
        ),
    ];
    assert_eq!(cases.len(), 33);
    for (location, style, explode, ty, sent, value) in cases {
        let parameter = parameter(location, style, explode, ty);
        assert_eq!(
            read(&api, &parameter, sent),
            Given::Value(value),
            "{location:?} {style:?} {explode} {sent}"
        );
    }
}

#[test]
fn a_separator_inside_of_an_item_is_part_of_it() {
    let (api, _) = fixture::api_with_rgb();
    let query = parameter(Location::Query, Style::Form, false, list(TypeRef::string()));
    assert_eq!(
        read(&api, &query, "color=a%2Cb,c+d"),
        Given::Value(json!(["a,b", "c d"]))
    );
    let path = parameter(Location::Path, Style::Simple, false, TypeRef::string());
    assert_eq!(read(&api, &path, "a%2Fb+c"), Given::Value(json!("a/b+c")));
}

#[test]
fn text_becomes_what_the_type_wants_or_stays_text() {
    let (api, _) = fixture::api_with_rgb();
    let number = parameter(Location::Query, Style::Form, true, integer());
    assert_eq!(read(&api, &number, "color=12"), Given::Value(json!(12)));
    assert_eq!(read(&api, &number, "color=1.5"), Given::Value(json!(1.5)));
    assert_eq!(read(&api, &number, "color=x"), Given::Value(json!("x")));
    assert_eq!(read(&api, &number, "colour=x"), Given::Absent);
    let text = parameter(Location::Query, Style::Form, true, TypeRef::string());
    assert_eq!(read(&api, &text, "color=12"), Given::Value(json!("12")));
    assert_eq!(read(&api, &text, "color="), Given::Value(json!("")));
}

#[test]
fn what_no_style_can_mean_is_malformed() {
    let (api, rgb) = fixture::api_with_rgb();
    let cases = [
        (
            Location::Path,
            Style::Label,
            false,
            TypeRef::string(),
            "blue",
        ),
        (
            Location::Path,
            Style::Matrix,
            false,
            TypeRef::string(),
            "color=blue",
        ),
        (
            Location::Path,
            Style::Matrix,
            false,
            TypeRef::string(),
            ";colour=blue",
        ),
        (Location::Path, Style::Simple, false, rgb.clone(), "R,100,G"),
        (Location::Path, Style::Simple, true, rgb, "R,100"),
        (
            Location::Query,
            Style::Form,
            true,
            TypeRef::string(),
            "color=a&color=b",
        ),
    ];
    for (location, style, explode, ty, sent) in cases {
        let parameter = parameter(location, style, explode, ty);
        let given = read(&api, &parameter, sent);
        assert!(matches!(given, Given::Malformed(_)), "{sent}: {given:?}");
    }
}

#[test]
fn deep_objects_are_as_deep_as_they_are_written() {
    let (mut api, rgb) = fixture::api_with_rgb();
    let list_of_rgb = list(rgb);
    let palette = fixture::define(
        &mut api,
        "Palette",
        fixture::object(vec![
            fixture::property("colors", list_of_rgb, true),
            fixture::property("names", list(TypeRef::string()), false),
        ]),
    );
    let parameter = parameter(Location::Query, Style::DeepObject, true, palette);
    let sent = "color[colors][0][R]=1&color[colors][0][G]=2&color[colors][1][R]=3&color[names][]=a&color[names][]=b&x=y";
    assert_eq!(
        read(&api, &parameter, sent),
        Given::Value(json!({"colors": [{"R": 1, "G": 2}, {"R": 3}], "names": ["a", "b"]}))
    );
}
