//! `portolan build`: whole, the same each time, and never a mixture.

use crate::generate::assert_matches_manifest;
use portolan_tests::{Project, Tree};
use std::time::{Duration, Instant};

/// Our own portal: all four APIs, the catalog, the guides.
fn ours() -> Project {
    Project::new()
        .with_copy_of("portolan.toml")
        .with_copy_of("specs")
        .with_copy_of("marketplace-data")
}

#[test]
fn two_builds_are_the_same_wherever_and_whenever() {
    let project = ours();
    let build = |out: &str, variables: &[(&str, &str)]| {
        let mut command = project.command(["build", "--out", out]);
        let status = command
            .envs(variables.iter().copied())
            .status()
            .expect("it starts");
        assert!(status.success());
        project.tree(out)
    };
    let first = build("first", &[]);
    let variables = [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("TZ", "Asia/Kathmandu"),
        ("HOME", "/nonexistent"),
        ("RAYON_NUM_THREADS", "7"),
    ];
    let second = build("second", &variables);
    assert_eq!(first.differences(&second), [""; 0]);
    let over = build("first", &[]);
    assert_eq!(first.differences(&over), [""; 0], "over an older build");
    assert_matches_manifest(&first, "dist");
}

#[test]
fn everything_that_was_promised_is_there() {
    let project = ours();
    project.run(["build"]).succeeds().prints_nothing();
    let tree = project.tree("dist");
    let paths = tree.paths();
    for api in ["bookshop", "payments", "telemetry", "integration"] {
        assert!(tree.get(&format!("{api}/index.html")).is_some(), "{api}");
        for language in ["python", "javascript", "curl"] {
            let folder = format!("sdks/{api}/{language}/");
            assert!(
                paths.iter().any(|path| path.starts_with(&folder)),
                "{folder}"
            );
            let archive = format!("downloads/{api}/");
            let ending = format!("{language}-");
            assert!(
                paths.iter().any(|path| path.starts_with(&archive)
                    && path.contains(&ending)
                    && path.ends_with(".tar.gz")),
                "{archive} {language}"
            );
        }
    }
    for path in [
        "index.html",
        "404.html",
        "catalog/index.html",
        "search/index.html",
        "bookshop/books/list/index.html",
    ] {
        assert!(tree.get(path).is_some(), "{path}");
    }
    for path in &paths {
        let text = String::from_utf8_lossy(tree.get(path).expect("its own path"));
        assert!(
            !text.contains("portolan-test-"),
            "{path} names the folder of the build"
        );
    }
}

#[test]
fn a_folder_of_somebody_else_is_not_replaced() {
    let project = Project::started().with("dist/thesis.txt", "years of work");
    let run = project.run(["build"]).exits(2).prints_nothing();
    assert_eq!(
        run.stderr.lines().count(),
        1,
        "one sentence\n{}",
        run.stderr
    );
    assert_eq!(project.tree("dist").paths(), ["thesis.txt"]);
}

#[test]
fn a_build_with_errors_keeps_the_old_output() {
    let project = Project::started();
    project.run(["build"]).succeeds();
    let before = project.tree("dist");
    project.write("specs/notes/openapi.yaml", crate::FIVE_MISTAKES);
    project.run(["build"]).exits(1).prints_nothing();
    assert_eq!(before.differences(&project.tree("dist")), [""; 0]);
}

#[test]
fn killed_at_any_moment_it_leaves_the_old_output_or_the_new() {
    let project = Project::started();
    let document = project.read("specs/notes/openapi.yaml");
    let versions = [
        document.clone(),
        document.replace("List notes", "List all notes"),
    ];
    let mut whole: Vec<Tree> = Vec::new();
    let mut longest = Duration::ZERO;
    for text in &versions {
        project.write("specs/notes/openapi.yaml", text);
        let start = Instant::now();
        project.run(["build"]).succeeds();
        longest = longest.max(start.elapsed());
        whole.push(project.tree("dist"));
    }
    assert_ne!(whole[0], whole[1], "the two documents give two outputs");
    let (mut killed, mut old, mut new) = (0, 0, 0);
    for round in 0..20_u32 {
        let next = (round as usize) % 2;
        let before = project.tree("dist");
        project.write("specs/notes/openapi.yaml", &versions[next]);
        let mut child = project.command(["build"]).spawn().expect("it starts");
        // Spread over the whole run, denser at its end, where the writing is.
        let part = 1.0 - f64::from(20 - round).powi(2) / 400.0 * 0.9;
        std::thread::sleep(longest.mul_f64(part));
        child.kill().expect("SIGKILL is delivered");
        killed += usize::from(!child.wait().expect("it ended").success());
        let after = project.tree("dist");
        if after == whole[next] {
            new += 1;
        } else {
            assert_eq!(
                before.differences(&after),
                [""; 0],
                "round {round}: a mixture"
            );
            old += 1;
        }
        assert_matches_manifest(&after, "dist");
    }
    assert_eq!(old + new, 20);
    assert!(
        killed > 0,
        "at least one run was killed before its end (old {old}, new {new})"
    );
    project.run(["build"]).succeeds();
    assert_eq!(
        whole[1].differences(&project.tree("dist")),
        [""; 0],
        "the next run is whole"
    );
}
