//! What statuses are called.

use crate::locale::Locale;
use portolan_model::Status;

/// The words of the standard for a status without a description (RFC 9110, section 15), in the language of the portal;
/// those of its class for one that has none.
pub(crate) fn reason(locale: &Locale, status: Status) -> &str {
    let class = |digit: u16| locale.find(&format!("status-{digit}xx"));
    let words = match status {
        Status::Default => locale.find("status-default"),
        Status::Range(digit) => class(u16::from(digit)),
        Status::Exact(status) => locale
            .find(&format!("status-{status}"))
            .or_else(|| class(status / 100)),
    };
    words.unwrap_or_else(|| locale.say("status-default"))
}
