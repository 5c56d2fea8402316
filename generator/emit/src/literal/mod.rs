//! Strings and numbers of a document as literals: one serializer per language, no deny-list.

pub mod javascript;
pub mod markdown;
pub mod python;
pub mod roff;
pub mod shell;
pub mod toml;

use crate::{Code, Language};

/// A JSON string, plain ASCII, also safe inside HTML and JavaScript.
#[must_use]
pub fn json(text: &str) -> Code {
    Code::new(Language::Json, javascript::string(text).as_str())
}

/// Whether `digits` is a number in JSON's grammar (RFC 8259, 6): only such text may stand unquoted in code.
#[must_use]
pub fn is_number(digits: &str) -> bool {
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let all_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(all_digits)
        && exponent.is_none_or(|exponent| {
            all_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_numbers_are_numbers() {
        for good in ["0", "-1", "12.50", "1e9", "1.5E-10", "9007199254740993"] {
            assert!(is_number(good), "{good}");
        }
        for bad in [
            "",
            "-",
            "01",
            "1.",
            ".5",
            "1e",
            "0x1f",
            "NaN",
            "1;alert()",
            "1 ",
            "+1",
            "--1",
        ] {
            assert!(!is_number(bad), "{bad}");
        }
    }
}
