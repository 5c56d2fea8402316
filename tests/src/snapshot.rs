//! Text under snapshot.

use snapbox::{Assert, IntoData, assert::DEFAULT_ACTION_ENV};

/// The text is exactly the expected one, backslashes and all; `SNAPSHOTS=overwrite` writes it anew.
#[track_caller]
pub fn assert_text(text: &str, expected: impl IntoData) {
    Assert::new()
        .action_env(DEFAULT_ACTION_ENV)
        .normalize_paths(false)
        // Raw: three dots in a line of ours are three dots.
        .eq(text, expected.into_data().raw());
}
