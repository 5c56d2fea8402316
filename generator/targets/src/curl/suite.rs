//! The package's own tests: each operation, called as its example calls it.

use super::example::Example;
use super::package::{Package, Resource};
use super::words::{bare, typed, word};
use crate::PackageConfig;
use crate::packaging::{secrets, server_path};
use portolan_emit::{Code, Language};
use portolan_model::{Api, Call};
use serde::Serialize;

/// What the script that runs the tests needs to know.
#[derive(Debug, Serialize)]
pub(super) struct Suite {
    /// The variables that a mock wants to be set.
    secrets: Vec<Code>,
    /// The path below which a mock answers.
    path: Code,
}

impl Suite {
    pub(super) fn of(api: &Api, config: &PackageConfig) -> Suite {
        Suite {
            secrets: secrets(api, config).into_iter().map(bare).collect(),
            path: word(&server_path(api)),
        }
    }
}

/// The tests of a resource.
#[derive(Debug, Serialize)]
pub(super) struct Tests {
    generated: Code,
    tests: Vec<Test>,
}

#[derive(Debug, Serialize)]
struct Test {
    function: Code,
    files: Vec<(Code, Code)>,
    command: Code,
}

impl Tests {
    pub(super) fn of(api: &Api, package: &Package, resource: &Resource) -> Tests {
        let operations = api.operations();
        let tests = resource.methods.iter().map(|method| {
            let call = Call::first(api, operations[method.index].1);
            let mut example = Example::of(&call, &method.rows);
            if method.streams {
                example.words.extend(["--max-items".into(), "2".into()]);
            }
            let mut command = method.function.to_string();
            for text in &example.words {
                command.push(' ');
                command.push_str(typed(text).as_str());
            }
            Test {
                function: method.function.clone(),
                files: example
                    .files
                    .iter()
                    .map(|(name, text)| (word(name), word(text)))
                    .collect(),
                command: Code::new(Language::Shell, command),
            }
        });
        Tests {
            generated: package.generated.clone(),
            tests: tests.collect(),
        }
    }
}
