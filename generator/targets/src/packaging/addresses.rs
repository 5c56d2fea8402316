//! Where a document sends its readers, for the metadata of packages.

use portolan_model::Api;

/// Addresses that registries take.
pub(crate) struct Addresses<'a> {
    pub(crate) documentation: Option<&'a str>,
    pub(crate) support: Option<&'a str>,
}

/// Reads them: registries refuse a package whose address is not one.
pub(crate) fn addresses(api: &Api) -> Addresses<'_> {
    let is_address = |url: &&str| {
        (url.starts_with("https://") || url.starts_with("http://"))
            && url.len() <= 200
            && url.bytes().all(|byte| byte.is_ascii_graphic())
    };
    let external = api.docs.external.as_ref();
    let contact = api.contact.as_ref();
    Addresses {
        documentation: external.map(|docs| docs.url.as_str()).filter(is_address),
        support: contact
            .and_then(|contact| contact.url.as_deref())
            .filter(is_address),
    }
}
