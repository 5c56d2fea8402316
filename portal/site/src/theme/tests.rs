//! The theme from the owner's words to the tokens.

use super::*;
use crate::{Portal, Theme};
use portolan_emit::Templates;

fn tokens() -> String {
    let templates = Templates::new(None).expect("the embedded templates are right");
    let tokens = templates.file("portal/assets/css/tokens.css");
    String::from_utf8_lossy(tokens.expect("tokens")).into_owned()
}

fn themed(portal: Portal) -> (String, Vec<String>) {
    let inputs = Inputs {
        portal,
        apis: Vec::new(),
        guides: Vec::new(),
        catalog: None,
        preview: false,
    };
    let mut diagnostics = Diagnostics::new();
    let css = css(&inputs, &tokens(), &mut FileTree::new(), &mut diagnostics);
    let messages = diagnostics.iter().map(|it| it.message.clone());
    (css, messages.collect())
}

fn color(token: &str, light: &str) -> ThemeColor {
    ThemeColor {
        token: token.to_owned(),
        light: Some(light.to_owned()),
        dark: None,
        span: Span::default(),
    }
}

#[test]
fn our_own_colours_can_be_read() {
    let palette = palette(&tokens());
    let changed = palette.keys().map(|token| (token.clone(), Span::default()));
    let mut diagnostics = Diagnostics::new();
    check(&palette, &changed.collect(), &mut diagnostics);
    let messages: Vec<_> = diagnostics.iter().map(|it| &it.message).collect();
    assert!(messages.is_empty(), "{messages:#?}");
    let used = PAIRS
        .iter()
        .flat_map(|(text, grounds)| grounds.iter().chain([text]));
    let missing: Vec<_> = used
        .filter(|token| !palette.contains_key(**token))
        .collect();
    assert!(missing.is_empty(), "there are no tokens {missing:?}");
}

#[test]
fn a_theme_is_tokens_behind_ours() {
    let (css, messages) = themed(Portal {
        theme: Theme {
            colors: vec![color("surface", "#fffdf8")],
            radius: Some("2px".to_owned()),
            font: Some("Source Sans 3, 'Noto Sans'".to_owned()),
            ..Theme::default()
        },
        ..Portal::default()
    });
    assert_eq!(messages, [""; 0]);
    assert_eq!(
        css,
        "@layer tokens {\n  :root {\n    --surface: light-dark(#fffdf8, #0f1216);\n    --radius: 2px;\n    \
         --radius-chip: calc(2px * 2 / 3);\n    --radius-card: calc(2px * 5 / 3);\n    \
         --sans: \"Source Sans 3\", \"Noto Sans\", ui-sans-serif, system-ui, sans-serif;\n  }\n}\n"
    );
}

#[test]
fn an_accent_that_cannot_be_read_is_told_with_one_that_can() {
    let of = |accent: &str| {
        themed(Portal {
            accent: Some(accent.to_owned()),
            ..Portal::default()
        })
    };
    assert_eq!(of("#7a3fb5").1, [""; 0]);
    let (css, messages) = of("#ffcc00");
    assert!(css.contains("--accent: light-dark(#ffcc00, "));
    assert_eq!(
        messages,
        [
            "`accent` on `surface-raised` has a contrast of 1.4:1 in the light theme; text needs 4.5:1",
            "`accent-strong` on `accent-surface` has a contrast of 2.5:1 in the light theme; text needs 4.5:1",
        ]
    );
}

#[test]
fn what_cannot_be_read_or_is_wrong_is_told() {
    let (css, messages) = themed(Portal {
        theme: Theme {
            colors: vec![
                color("text-secondary", "#8e8e8e"),
                color("text-second", "#000"),
                color("text", "black"),
            ],
            radius: Some("1px; } body { display: none".to_owned()),
            font: Some("a\"; }".to_owned()),
            ..Theme::default()
        },
        ..Portal::default()
    });
    assert_eq!(
        messages,
        [
            "the theme has no colour `text-second`",
            "`black` is no colour",
            "`text-secondary` on `surface-hover` has a contrast of 2.9:1 in the light theme; text needs 4.5:1",
            "`1px; } body { display: none` is no length",
            "`a\"; }` is no list of fonts",
        ]
    );
    assert!(!css.contains("body") && !css.contains("a\""), "{css}");
}

#[test]
fn a_head_that_the_policy_refuses_is_told() {
    let head = "<meta name=\"x\" content=\"<1>\"><script>go()</script><style>a{}</style><script src=\"https://a.example/x.js\"></script>\
                <link rel=\"stylesheet\" href=\"https://a.example/x.css\"><link rel=\"me\" href=\"https://a.example\">";
    let (_, messages) = themed(Portal {
        head: Some(head.to_owned()),
        ..Portal::default()
    });
    let what = |message: &String| {
        message
            .split(" has ")
            .nth(1)
            .and_then(|it| it.split(',').next())
            .map(str::to_owned)
    };
    let what: Vec<_> = messages.iter().filter_map(what).collect();
    let elsewhere = "something of another host";
    assert_eq!(
        what,
        [
            "a script inside itself",
            "a style sheet inside itself",
            elsewhere,
            elsewhere
        ]
    );
}
