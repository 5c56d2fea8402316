//! The modules of the runtime -> one, `runtime/index.js`.
//!
//! Node takes as long to find and link a module as to read 50 KB of one, and the runtime is two dozen small ones. Bundlers leave out
//! what a program does not use, function by function: nothing in the runtime does anything when it is loaded.
//!
//! 1. A module comes after those that it imports from: classes extend others when they are defined.
//! 2. Imports from modules that are joined go; what is exported stays so. A name at the top of a module is in no other.
//! 3. Declarations (`.d.ts`) stay as they are, beside it: they cost nothing.

use portolan_emit::{Error, Templates};
use std::collections::{BTreeMap, BTreeSet};

const FOLDER: &str = "javascript/runtime";
const HEAD: &str = "// SPDX-License-Identifier: 0BSD
// What calls need, all in one module: each module takes Node its time. Bundlers leave out what is not used.
";

/// The files under `runtime/`: declarations, and one script.
pub(super) fn files(templates: &Templates) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut scripts = BTreeMap::new();
    let mut files = Vec::new();
    for (path, bytes) in templates.files_under(FOLDER) {
        match path.strip_suffix(".js") {
            Some(module) => {
                let text = std::str::from_utf8(bytes).map_err(|error| refused(module, &error))?;
                scripts.insert(module, text);
            }
            None => files.push((path.to_owned(), bytes.to_vec())),
        }
    }
    files.push(("index.js".to_owned(), join(&scripts)?.into_bytes()));
    Ok(files)
}

fn refused(module: &str, reason: &dyn ToString) -> Error {
    Error::Template {
        name: format!("{FOLDER}/{module}.js"),
        message: reason.to_string(),
    }
}

/// All modules, each after those that it imports from.
fn join(scripts: &BTreeMap<&str, &str>) -> Result<String, Error> {
    let mut joined = Joined {
        scripts,
        begun: BTreeSet::new(),
        text: HEAD.to_owned(),
    };
    for module in scripts.keys() {
        joined.add(module)?;
    }
    Ok(joined.text)
}

struct Joined<'s> {
    scripts: &'s BTreeMap<&'s str, &'s str>,
    begun: BTreeSet<&'s str>,
    text: String,
}

impl<'s> Joined<'s> {
    fn add(&mut self, module: &'s str) -> Result<(), Error> {
        if !self.begun.insert(module) {
            return Ok(());
        }
        let mut body = String::new();
        let mut rest = self.scripts[module];
        while !rest.is_empty() {
            let line = rest.split_inclusive('\n').next().unwrap_or(rest);
            if !line.starts_with("import ") {
                if !line.starts_with("// SPDX-") {
                    body.push_str(line);
                }
                rest = &rest[line.len()..];
                continue;
            }
            let Some((statement, behind)) = rest.split_once(";\n") else {
                return Err(refused(module, &"an import without an end"));
            };
            let Some(imported) = imported(statement) else {
                let reason =
                    format!("`{statement}` is not `import {{ name }} from \"./module.js\"`");
                return Err(refused(module, &reason));
            };
            let Some((imported, _)) = self.scripts.get_key_value(imported) else {
                return Err(refused(module, &format!("there is no `{imported}.js`")));
            };
            self.add(imported)?;
            rest = behind;
        }
        let body = body.trim().replace("\n\n\n", "\n\n");
        let gap = if body.starts_with("// ") { "" } else { "\n" };
        for part in ["\n// # ", module, "\n", gap, &body, "\n"] {
            self.text.push_str(part);
        }
        Ok(())
    }
}

/// The module beside this one that an import takes names from, as they are called there.
fn imported(statement: &str) -> Option<&str> {
    let (names, module) = statement
        .strip_prefix("import {")?
        .split_once("} from \"./")?;
    let module = module.strip_suffix(".js\"")?;
    let renames = names.split_whitespace().any(|word| word == "as");
    (!renames).then_some(module)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_comes_after_those_that_it_imports_from() {
        let scripts = BTreeMap::from([
            (
                "a",
                "// SPDX-License-Identifier: 0BSD\n// Says a.\n\nimport {\n  B,\n} from \"./b.js\";\n\nexport class A extends B {}\n",
            ),
            (
                "b",
                "// SPDX-License-Identifier: 0BSD\n\nexport class B {}\n",
            ),
        ]);
        assert_eq!(
            join(&scripts).expect("they can be joined"),
            format!(
                "{HEAD}\n// # b\n\nexport class B {{}}\n\n// # a\n// Says a.\n\nexport class A extends B {{}}\n"
            ),
        );
    }

    #[test]
    fn what_cannot_be_joined_is_refused() {
        for import in [
            "import { a as b } from \"./a.js\";\n",
            "import fs from \"node:fs\";\n",
        ] {
            let scripts = BTreeMap::from([("a", ""), ("b", import)]);
            assert!(join(&scripts).is_err(), "{import}");
        }
    }

    #[test]
    fn no_two_modules_have_a_name_at_the_top() {
        let templates = Templates::new(None).expect("our own templates are right");
        let mut seen = BTreeMap::new();
        let scripts = templates.files_under(FOLDER);
        for (path, bytes) in scripts.filter(|(path, _)| path.ends_with(".js")) {
            for line in String::from_utf8_lossy(bytes).lines() {
                let line = line.strip_prefix("export ").unwrap_or(line);
                let line = line.strip_prefix("async ").unwrap_or(line);
                let declared = ["const ", "let ", "class ", "function ", "function* "]
                    .iter()
                    .find_map(|word| line.strip_prefix(word));
                let Some(declared) = declared else { continue };
                let name = declared.split(|c: char| !c.is_alphanumeric() && c != '_');
                let name = name.map(str::to_owned).next();
                let before = seen.insert(name.clone(), path.to_owned());
                assert_eq!(before, None, "{name:?} is in {path} too");
            }
        }
        for name in ["paginate", "send", "STATE", "parsedEvents"] {
            assert!(seen.contains_key(&Some(name.to_owned())), "{name}");
        }
    }
}
