//! `portolan samples`

use crate::SMALL;
use portolan_tests::{Project, assert_text};
use snapbox::str;

#[test]
fn every_operation_has_a_program_in_each_language() {
    let project = Project::new().with("api.yaml", SMALL);
    project
        .run([
            "samples",
            "api.yaml",
            "--out",
            "samples",
            "--package",
            "small",
        ])
        .succeeds()
        .prints_nothing();
    assert_text(
        &project.tree("samples").paths().join("\n"),
        str![[r#"
.portolan.json
curl/getThing.command.sh
curl/getThing.sh
javascript/getThing.mjs
python/getThing.py
samples.json
"#]],
    );
    assert_text(
        &project.read("samples/samples.json"),
        str![[r#"
[
  {
    "operation": "getThing",
    "target": "python",
    "file": "python/getThing.py",
    "environment": [],
    "files": []
  },
  {
    "operation": "getThing",
    "target": "javascript",
    "file": "javascript/getThing.mjs",
    "environment": [],
    "files": []
  },
  {
    "operation": "getThing",
    "target": "curl",
    "file": "curl/getThing.sh",
    "environment": [],
    "files": []
  },
  {
    "operation": "getThing",
    "target": "curl",
    "command": true,
    "file": "curl/getThing.command.sh",
    "environment": [],
    "files": []
  }
]

"#]],
    );
    assert_text(
        &project.read("samples/python/getThing.py"),
        str![[r#"
from small import Small

client = Small()

thing = client.things.get("one")
print(thing.id)

"#]],
    );
    assert_text(
        &project.read("samples/javascript/getThing.mjs"),
        str![[r#"
import { Small } from "small";

const client = new Small();

const thing = await client.things.get("one");
console.log(thing.id);

"#]],
    );
    assert_text(
        &project.read("samples/curl/getThing.sh"),
        str![[r#"
curl --fail-with-body \
  --url 'https://api.small.example/v1/things/one'

"#]],
    );
}

#[test]
fn the_list_names_each_example_once_per_language_and_only_files_that_exist() {
    let project = Project::new().with_copy_of("specs/bookshop");
    project
        .run(["samples", "specs/bookshop/openapi.yaml", "--out", "samples"])
        .succeeds();
    let model = project
        .run([
            "inspect",
            "specs/bookshop/openapi.yaml",
            "--stage",
            "model",
            "--quiet",
        ])
        .succeeds()
        .stdout;
    let text = project.read("samples/samples.json");
    let list: Vec<serde_json::Value> = serde_json::from_str(&text).expect("a list");
    let tree = project.tree("samples");
    let mut seen = std::collections::BTreeSet::new();
    for item in &list {
        let operation = item["operation"].as_str().expect("an operation");
        assert!(model.contains(operation), "{operation}");
        let target = item["target"].as_str().expect("a target");
        let example = item["example"].as_str();
        let command = item["command"].as_bool();
        assert!(
            seen.insert((operation, example, target, command)),
            "{operation} in {target} twice"
        );
        let files = item["files"]
            .as_array()
            .expect("a list of files")
            .iter()
            .chain([&item["file"]]);
        for file in files {
            let file = file.as_str().expect("a path");
            assert!(tree.get(file).is_some(), "{file}");
        }
    }
    for (operation, example, ..) in &seen {
        for target in ["python", "javascript", "curl"] {
            let there =
                |seen: &&(_, _, _, _)| (seen.0, seen.1, seen.2) == (*operation, *example, target);
            assert!(
                seen.iter().any(|seen| there(&seen)),
                "{operation} in {target}"
            );
        }
    }
}

#[test]
fn another_server_can_be_named() {
    let project = Project::new().with("api.yaml", SMALL);
    let url = "http://127.0.0.1:4010";
    project
        .run(["samples", "api.yaml", "--out", "samples", "--base-url", url])
        .succeeds();
    for file in [
        "python/getThing.py",
        "javascript/getThing.mjs",
        "curl/getThing.sh",
    ] {
        let text = project.read(&format!("samples/{file}"));
        assert!(
            text.contains(url) && !text.contains("api.small.example"),
            "{file}\n{text}"
        );
    }
}

#[test]
fn one_program_is_printed_as_it_is() {
    let project = Project::new().with_copy_of("specs/bookshop");
    let printed = |more: &[&str]| {
        let arguments = [
            "samples",
            "specs/bookshop/openapi.yaml",
            "--operation",
            "updateBook",
        ];
        project.run(arguments.iter().chain(more)).succeeds().stdout
    };
    assert_text(
        &printed(&["--target", "python", "--example", "clearSubtitle"]),
        str![[r#"
from bookshop import Bookshop

client = Bookshop()

book = client.books.update("bk_winter-light", subtitle=None)
print(book.title)

"#]],
    );
    assert_text(
        &printed(&["--target", "curl"]),
        str![[r#"
==> updateBook | cURL: Remove the subtitle <==
curl --fail-with-body --request PATCH \
  --header "X-API-Key: $BOOKSHOP_API_KEY" \
  --header 'Content-Type: application/json' \
  --data-raw '{"subtitle":null}' \
  --url 'https://api.bookshop.example/v1/books/bk_winter-light'

==> updateBook | Command line: Remove the subtitle <==
bookshop books update bk_winter-light --null subtitle

==> updateBook | cURL: Change several members <==
curl --fail-with-body --request PATCH \
  --header "X-API-Key: $BOOKSHOP_API_KEY" \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "title": "Winter Light, and Other Poems",
  "category_id": "cat_poetry",
  "translated_titles": {
    "de": "Winterlicht und andere Gedichte"
  }
}' \
  --url 'https://api.bookshop.example/v1/books/bk_winter-light'

==> updateBook | Command line: Change several members <==
bookshop books update bk_winter-light \
  --title 'Winter Light, and Other Poems' \
  --category-id cat_poetry \
  --translated-titles '{"de":"Winterlicht und andere Gedichte"}'

"#]],
    );
    let text = printed(&["--format", "json", "--target", "javascript"]);
    let list: Vec<serde_json::Value> = serde_json::from_str(&text).expect("a list");
    let labels: Vec<&str> = list
        .iter()
        .filter_map(|item| item["label"].as_str())
        .collect();
    assert_eq!(
        labels,
        [
            "JavaScript: Remove the subtitle",
            "JavaScript: Change several members"
        ]
    );
}

#[test]
fn an_operation_that_is_not_there_is_named() {
    let project = Project::new().with("api.yaml", SMALL);
    let run = project.run(["samples", "api.yaml", "--operation", "getThings"]);
    assert_text(
        &run.exits(2).prints_nothing().stderr,
        str![[r#"
error: there is no operation `getThings` in `api.yaml`

"#]],
    );
}

/// Paths, methods and ids that mean something to JSONPath, to YAML and to shells.
const AWKWARD: &str = r##"openapi: 3.2.0
info: { title: "Awkward: '$' ]", version: "1" }
servers: [{ url: "https://awkward.example" }]
paths:
  /it's/{a}:
    get: &get
      parameters: [{ name: a, in: path, required: true, schema: { type: string, enum: ["$(id)'`"] } }]
      responses: { "204": { description: Fine. } }
  "/back\\slash\"/$..*":
    get: { operationId: "get'] || ['$..*", responses: { "204": { description: Fine. } } }
    additionalOperations:
      COPY: { operationId: three, responses: { "204": { description: Fine. } } }
  /same/{a}:
    get: *get
  /elsewhere: { $ref: "#/components/pathItems/Shared" }
components:
  pathItems:
    Shared:
      put: { operationId: four, responses: { "204": { description: Fine. } } }
"##;

#[test]
fn an_overlay_of_samples_reaches_each_operation_whatever_its_path() {
    let project = Project::new().with("api.yaml", AWKWARD);
    project
        .run([
            "samples",
            "api.yaml",
            "--target",
            "curl",
            "--overlay",
            "samples.overlay.yaml",
        ])
        .succeeds();
    assert_text(
        &project.read("samples.overlay.yaml"),
        str![[r#"
overlay: 1.0.0
info:
  title: 'Samples of Awkward: ''$'' ]'
  version: '1'
actions:
  - target: $['paths']['/it\'s/{a}']['get']
    update:
      x-codeSamples:
        - lang: Shell
          label: cURL
          source: |
            curl --fail-with-body \
              --url 'https://awkward.example/it'\''s/%24%28id%29%27%60'
        - lang: Shell
          label: Command line
          source: |
            awkward it-s get-by-a '$(id)'\''`'
  - target: $['paths']['/back\\slash"/$..*']['get']
    update:
      x-codeSamples:
        - lang: Shell
          label: cURL
          source: |
            curl --fail-with-body \
              --url 'https://awkward.example/back%5Cslash%22/$..*'
        - lang: Shell
          label: Command line
          source: |
            awkward back-slash get
  - target: $['paths']['/back\\slash"/$..*']['additionalOperations']['COPY']
    update:
      x-codeSamples:
        - lang: Shell
          label: cURL
          source: |
            curl --fail-with-body --request COPY \
              --url 'https://awkward.example/back%5Cslash%22/$..*'
        - lang: Shell
          label: Command line
          source: |
            awkward back-slash three
  - target: $['paths']['/same/{a}']['get']
    update:
      x-codeSamples:
        - lang: Shell
          label: cURL
          source: |
            curl --fail-with-body \
              --url 'https://awkward.example/same/%24%28id%29%27%60'
        - lang: Shell
          label: Command line
          source: |
            awkward same get-by-a '$(id)'\''`'
  - target: $['components']['pathItems']['Shared']['put']
    update:
      x-codeSamples:
        - lang: Shell
          label: cURL
          source: |
            curl --fail-with-body --request PUT \
              --url 'https://awkward.example/elsewhere'
        - lang: Shell
          label: Command line
          source: |
            awkward elsewhere four

"#]],
    );
    let model = project
        .run([
            "inspect",
            "api.yaml",
            "--overlay",
            "samples.overlay.yaml",
            "--stage",
            "model",
            "--quiet",
        ])
        .succeeds()
        .stdout;
    let model: serde_json::Value = serde_json::from_str(&model).expect("a model");
    let mut operations = 0;
    let mut open = vec![&model["resources"]];
    while let Some(resources) = open.pop() {
        for resource in resources.as_array().into_iter().flatten() {
            open.push(&resource["resources"]);
            for operation in resource["operations"].as_array().into_iter().flatten() {
                operations += 1;
                let samples = operation["code_samples"].as_array().map(Vec::len);
                assert_ne!(samples, Some(0), "{}", operation["id"]);
            }
        }
    }
    assert_eq!(operations, 5);
}

#[test]
fn an_overlay_never_takes_the_place_of_the_document() {
    let project = Project::new().with("api.yaml", SMALL);
    let run = project.run(["samples", "api.yaml", "--overlay", "api.yaml"]);
    assert_text(
        &run.exits(2).prints_nothing().stderr,
        str![[r#"
error: `api.yaml` is a file of the document: choose another name, so that nothing you wrote is lost (to lay an overlay over the document first, use --apply)

"#]],
    );
    assert_text(&project.read("api.yaml"), SMALL);
}

/// A document with what is easily lost: forms of a body, values that leave nothing in a form, files of one name.
const NOTES: &str = r#"openapi: 3.1.0
info: { title: Notes, version: 1.0.0 }
servers: [{ url: https://notes.example }]
paths:
  /notes:
    post:
      operationId: addNote
      tags: [notes]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Note' }
          text/plain:
            schema: { type: string }
            examples:
              short: { summary: A short note, value: Milk. }
          multipart/form-data:
            schema:
              type: object
              properties: { text: { type: string }, picture: { type: string, format: binary } }
            examples:
              drawn: { value: { text: A cow, picture: A drawing of a cow } }
      responses: { '204': { description: Added. } }
    put:
      operationId: replaceNotes
      tags: [notes]
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [notes]
              properties:
                notes: { type: array, items: { $ref: '#/components/schemas/Sparse' } }
            encoding: { notes: { style: deepObject } }
      responses: { '204': { description: Replaced. } }
  /pictures:
    post:
      operationId: addPicture
      tags: [notes]
      requestBody:
        required: true
        content: { image/png: { schema: { type: string, format: binary }, example: A picture of a cow } }
      responses: { '204': { description: Added. } }
    put:
      operationId: replacePicture
      tags: [notes]
      requestBody:
        required: true
        content: { image/png: { schema: { type: string, format: binary }, example: A picture of a hen } }
      responses: { '204': { description: Replaced. } }
components:
  schemas:
    Note:
      type: object
      required: [text]
      properties:
        text: { type: string }
        place: { oneOf: [{ type: object, properties: { row: { type: integer } } }, { type: object, properties: { box: { type: integer } } }] }
    Sparse: { type: object, properties: { old: { type: string, deprecated: true } } }
"#;

#[test]
fn every_form_of_a_body_and_every_file_has_its_own_program() {
    let project = Project::new().with("notes.yaml", NOTES);
    project
        .run(["samples", "notes.yaml", "--out", "samples"])
        .succeeds();
    let read = |file: &str| format!("== {file}\n{}\n", project.read(&format!("samples/{file}")));
    let files = [
        "javascript/addNote.drawn.mjs",
        "javascript/addNote.short.mjs",
        "curl/addNote.drawn.sh",
        "curl/addNote.short.command.sh",
        "python/addNote.py",
        "python/replaceNotes.py",
        "curl/replaceNotes.sh",
        "python/replacePicture/replacePicture.py",
        "python/replacePicture/upload.png",
        "python/upload.png",
    ];
    assert_text(
        &files.map(read).concat(),
        str![[r#"
== javascript/addNote.drawn.mjs
import { Notes, fileFromPath } from "notes";

const client = new Notes();

await client.notes.add(
  { body: { text: "A cow", picture: await fileFromPath("picture.bin") } },
  { contentType: "multipart/form-data" },
);

== javascript/addNote.short.mjs
import { Notes } from "notes";

const client = new Notes();

await client.notes.add({ body: "Milk." }, { contentType: "text/plain" });

== curl/addNote.drawn.sh
curl --fail-with-body --request POST \
  --form-string 'text=A cow' \
  --form 'picture=@picture.bin;type=application/octet-stream' \
  --url 'https://notes.example/notes'

== curl/addNote.short.command.sh
notes notes add --content-type text/plain --body-text Milk.

== python/addNote.py
from notes import Notes

client = Notes()

client.notes.add(text="string")

== python/replaceNotes.py
from notes import Notes

client = Notes()

client.notes.replace(notes=[{"old": "string"}])

== curl/replaceNotes.sh
curl --fail-with-body --request PUT \
  --data-urlencode 'notes%5B0%5D%5Bold%5D=string' \
  --url 'https://notes.example/notes'

== python/replacePicture/replacePicture.py
from pathlib import Path

from notes import Notes

client = Notes()

client.notes.replace_picture(body=Path("upload.png"))

== python/replacePicture/upload.png
A picture of a hen
== python/upload.png
A picture of a cow

"#]],
    );
}
