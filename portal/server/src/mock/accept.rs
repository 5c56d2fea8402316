//! Which media type is sent, and which one was (RFC 9110, 8.3 and 12.5.1).

use axum::http::{HeaderMap, header};
use portolan_model::MediaType;

/// The index and the name of the form of the answer that the client likes best; the earlier one of equals. `None` when it accepts none.
pub(super) fn negotiate(offers: &[MediaType], headers: &HeaderMap) -> Option<(usize, String)> {
    let ranges = ranges(headers);
    if ranges.is_empty() {
        let first = offers.first()?;
        return Some((0, concrete(first.name.as_str(), None)));
    }
    let mut best: Option<(f32, usize, String)> = None;
    for (index, offer) in offers.iter().enumerate() {
        let name = offer.name.as_str();
        // The most specific range decides, whatever its weight.
        let decisive = ranges
            .iter()
            .filter(|range| overlaps(essence(&range.name), essence(name)))
            .max_by_key(|range| range.specificity());
        let Some(range) = decisive.filter(|range| range.weight > 0.0) else {
            continue;
        };
        if best
            .as_ref()
            .is_none_or(|(weight, ..)| range.weight > *weight)
        {
            best = Some((range.weight, index, concrete(name, Some(&range.name))));
        }
    }
    best.map(|(_, index, name)| (index, name))
}

/// The form that a body of this content type has: the one of that very name, parameters and all, else of that type, else a
/// range that it is in.
pub(super) fn matching<'a>(
    content: &'a [MediaType],
    content_type: &str,
) -> Option<(usize, &'a MediaType)> {
    let plain = |name: &str| name.replace(' ', "").to_ascii_lowercase();
    let whole = plain(content_type);
    let same = (content.iter().enumerate()).find(|(_, media)| plain(media.name.as_str()) == whole);
    let sent = essence(content_type).to_ascii_lowercase();
    let fits = |exact: bool| {
        content.iter().enumerate().find(|(_, media)| {
            let known = essence(media.name.as_str()).to_ascii_lowercase();
            match exact {
                true => known == sent,
                false => known.contains('*') && overlaps(&known, &sent),
            }
        })
    };
    same.or_else(|| fits(true)).or_else(|| fits(false))
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

struct Range {
    name: String,
    weight: f32,
}

impl Range {
    fn specificity(&self) -> u8 {
        match essence(&self.name) {
            "*/*" => 0,
            name if name.ends_with("/*") => 1,
            _ => 2,
        }
    }
}

fn ranges(headers: &HeaderMap) -> Vec<Range> {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter(|range| !range.trim().is_empty())
        .map(|range| {
            let weight = range
                .split(';')
                .skip(1)
                .find_map(|parameter| parameter.trim().strip_prefix("q="))
                .and_then(|weight| weight.trim().parse().ok())
                .unwrap_or(1.0);
            Range {
                name: essence(range).to_owned(),
                weight,
            }
        })
        .collect()
}

/// Whether two types, either of which may be a range, can mean the same one.
fn overlaps(left: &str, right: &str) -> bool {
    let part =
        |left: &str, right: &str| left == "*" || right == "*" || left.eq_ignore_ascii_case(right);
    match (left.split_once('/'), right.split_once('/')) {
        (Some((left, left_sub)), Some((right, right_sub))) => {
            part(left, right) && part(left_sub, right_sub)
        }
        // `*` alone is what some clients send, and some documents name no media type but a word.
        _ => {
            let is_all = |range: &str| range == "*" || range == "*/*";
            is_all(left) || is_all(right) || left.eq_ignore_ascii_case(right)
        }
    }
}

/// A type that can be sent for an offer that may be a range.
fn concrete(offer: &str, wanted: Option<&str>) -> String {
    if !offer.contains('*') {
        return offer.to_owned();
    }
    match (wanted, offer.split('/').next()) {
        (Some(wanted), _) if !wanted.contains('*') => wanted.to_owned(),
        (_, Some("image")) => "image/png".to_owned(),
        (_, Some("text")) => "text/plain".to_owned(),
        (_, Some("audio")) => "audio/mpeg".to_owned(),
        (_, Some("video")) => "video/mp4".to_owned(),
        _ => "application/json".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portolan_model::{MediaKind, TypeRef};

    fn offers(names: &[&str]) -> Vec<MediaType> {
        names
            .iter()
            .map(|&name| MediaType {
                name: name.into(),
                kind: MediaKind::of(name),
                ty: TypeRef::Any,
                item: None,
                encodings: Vec::new(),
                prefix_encodings: Vec::new(),
                item_encoding: None,
                examples: Vec::new(),
            })
            .collect()
    }

    #[test]
    fn the_best_liked_form_is_sent() {
        let cases = [
            ("", Some("application/json")),
            ("*/*", Some("application/json")),
            ("text/csv", Some("text/csv")),
            ("text/csv;q=0.5, application/json;q=0.4", Some("text/csv")),
            ("application/json;q=0, */*", Some("text/csv")),
            ("text/*", Some("text/csv")),
            ("image/webp", Some("image/webp")),
            ("image/*", Some("image/png")),
            ("audio/mpeg", None),
        ];
        let offers = offers(&["application/json", "text/csv", "image/*"]);
        for (accept, wanted) in cases {
            let mut headers = HeaderMap::new();
            if !accept.is_empty() {
                headers.insert(header::ACCEPT, accept.parse().expect("a header"));
            }
            let sent = negotiate(&offers, &headers).map(|(_, name)| name);
            assert_eq!(sent.as_deref(), wanted, "{accept}");
        }
    }

    #[test]
    fn a_body_has_the_form_that_its_content_type_names() {
        let content = offers(&["application/*", "application/json", "image/*"]);
        let index = |name: &str| matching(&content, name).map(|(index, _)| index);
        assert_eq!(index("Application/JSON; charset=utf-8"), Some(1));
        assert_eq!(index("application/xml"), Some(0));
        assert_eq!(index("image/png"), Some(2));
        assert_eq!(index("text/plain"), None);
        let content = offers(&["application/json", "application/json;simple"]);
        let index = |name: &str| matching(&content, name).map(|(index, _)| index);
        assert_eq!(index("application/json; simple"), Some(1));
        assert_eq!(index("application/json; charset=utf-8"), Some(0));
    }
}
