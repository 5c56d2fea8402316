//! Code that people wrote, as HTML: syntect finds the tokens, and they get the classes of our own code.

use crate::code::span;
use crate::html::{Html, escape};
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Longer code and longer lines stay plain: a stranger's block cannot hold up the build.
const MOST_BYTES: usize = 16 * 1024;
const LONGEST_LINE: usize = 400;

struct Highlighter {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, char)>,
}

static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(|| {
    let table = [
        ("comment", 'c'),
        ("string", 's'),
        ("constant.numeric", 'n'),
        ("constant.language", 'n'),
        ("constant.character.escape", 's'),
        ("keyword.operator.new", 'k'),
        ("keyword.operator.word", 'k'),
        ("keyword.operator.logical.python", 'k'),
        ("keyword.operator", ' '),
        ("keyword", 'k'),
        ("storage", 'k'),
        ("entity.name.function", 'f'),
        ("support.function", 'f'),
        ("variable.function", 'f'),
        ("meta.mapping.key string", 'v'),
        ("entity.name", 'v'),
        ("support.type", 'v'),
        ("support.class", 'v'),
        ("variable.parameter", 'v'),
        ("variable.other.readwrite.shell", 'e'),
    ];
    Highlighter {
        syntaxes: SyntaxSet::load_defaults_newlines(),
        classes: table
            .iter()
            .filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class)))
            .collect(),
    }
});

/// The inside of a `<pre><code>`: `language` is the word after the fence.
pub(crate) fn code(text: &str, language: &str) -> Html {
    let text = text.trim_end_matches(['\n', '\r']);
    let plain = language.is_empty()
        || text.len() > MOST_BYTES
        || text.lines().any(|line| line.len() > LONGEST_LINE);
    if plain {
        return Html::text(text);
    }
    let Some(syntax) = syntax(language) else {
        return Html::text(text);
    };
    highlighted(text, syntax).unwrap_or_else(|| Html::text(text))
}

/// Loads the languages of packages, and the expressions that their tokens are found by.
pub(crate) fn warm_up() {
    const SNIPPETS: [(&str, &str); 3] = [
        (
            "python",
            "import os\nfrom a import B\n\n# c\nwith B(key=os.environ[\"K\"]) as b:\n    for x in b.list(n=1):\n        print(x.id)\n",
        ),
        (
            "js",
            "import { A } from 'a';\n\n// c\nconst a = new A({ key: process.env.K });\nfor await (const x of a.list({ n: 1 })) {\n  console.log(x.id);\n}\n",
        ),
        (
            "bash",
            "# c\nexport K=\"$(cat key)\"\na list --n 1 | jq '.id'\nif a; then echo \"$K\"; fi\n",
        ),
    ];
    for (language, text) in SNIPPETS {
        code(text, language);
    }
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let token = match language.to_ascii_lowercase().as_str() {
        "js" | "mjs" | "javascript" | "ts" | "typescript" | "jsx" => "js",
        "bash" | "sh" | "shell" | "console" | "zsh" => "bash",
        "py" | "python" => "py",
        "yml" => "yaml",
        other => return HIGHLIGHTER.syntaxes.find_syntax_by_token(other),
    };
    HIGHLIGHTER.syntaxes.find_syntax_by_token(token)
}

fn highlighted(text: &str, syntax: &SyntaxReference) -> Option<Html> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut html = String::new();
    // Neighbours of one class become one span.
    let mut pending = (None, String::new());
    let mut flush = |pending: &mut (Option<char>, String)| {
        if pending.0.is_some() {
            span(pending.0, &pending.1, &mut html);
        } else {
            escape(&pending.1, &mut html);
        }
        pending.1.clear();
    };
    for line in text.split_inclusive('\n') {
        let operations = state.parse_line(line, &HIGHLIGHTER.syntaxes).ok()?;
        let mut from = 0;
        for (at, operation) in operations
            .iter()
            .chain([&(line.len(), syntect::parsing::ScopeStackOp::Noop)])
        {
            let stretch = line.get(from..*at)?;
            if !stretch.is_empty() {
                let class = class(&stack);
                if class != pending.0 && !stretch.trim().is_empty() {
                    flush(&mut pending);
                    pending.0 = class;
                }
                pending.1.push_str(stretch);
            }
            from = *at;
            stack.apply(operation).ok()?;
        }
    }
    flush(&mut pending);
    Some(Html::new(html))
}

fn class(stack: &ScopeStack) -> Option<char> {
    let found = stack.as_slice().iter().rev().find_map(|scope| {
        HIGHLIGHTER
            .classes
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(*scope))
            .map(|(_, class)| *class)
    });
    found.filter(|class| *class != ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_gets_our_classes() {
        let html = code("import os  # it\nprint(\"<a>\", 1)\n", "python");
        assert_eq!(
            html.as_str(),
            "<span class=k>import </span>os  <span class=c># it\n</span><span class=f>print</span>(<span class=s>&quot;&lt;a&gt;&quot;</span>, <span class=n>1</span>)"
        );
    }

    #[test]
    fn an_unknown_language_and_a_hostile_block_stay_plain() {
        assert_eq!(code("<x>", "nonsense").as_str(), "&lt;x&gt;");
        let hostile = "[".repeat(100_000);
        assert_eq!(code(&hostile, "js").as_str(), hostile);
    }
}
