//! `portolan inspect`

use crate::SMALL;
use portolan_tests::Project;
use snapbox::file;

#[test]
fn every_stage_is_json_on_stdout() {
    let project = Project::new().with("api.yaml", SMALL);
    for stage in ["node", "document", "model", "python", "javascript", "curl"] {
        let run = project
            .run(["inspect", "api.yaml", "--stage", stage])
            .succeeds()
            .says_nothing();
        assert!(run.json().is_object() || run.json().is_array(), "{stage}");
    }
}

#[test]
fn the_model_of_a_small_document() {
    Project::new()
        .with("api.yaml", SMALL)
        .run(["inspect", "api.yaml", "--stage", "model"])
        .succeeds()
        .prints(file!["snapshots/model-of-small.json": Text]);
}
