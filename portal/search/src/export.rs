//! The index as static files for the browser.
pub(crate) fn files(
    _: &[crate::Entry],
    _: &[crate::search::Shape],
    _: &crate::lexicon::Lexicon,
    _: &crate::postings::Postings,
) -> Vec<(String, Vec<u8>)> {
    Vec::new()
}
