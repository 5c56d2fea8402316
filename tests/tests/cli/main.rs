//! The command line, through the real binary: what each command does, and what each says of a mistake.

mod build;
mod bundle;
mod catalog;
mod check;
mod diff;
mod general;
mod generate;
mod init;
mod inspect;
mod overlays;
mod packages;
mod pages;
mod samples;
mod score;
mod serve;
mod settings;
mod templates;

/// A document that is right, small enough to be read here.
const SMALL: &str = r##"openapi: 3.0.3
info: { title: Small, version: 1.2.3 }
servers: [{ url: "https://api.small.example/v1" }]
paths:
  /things/{id}:
    get:
      operationId: getThing
      tags: [things]
      summary: Get a thing
      parameters:
        - { name: id, in: path, required: true, schema: { type: string }, example: one }
      responses:
        "200":
          description: The thing.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing" }
components:
  schemas:
    Thing:
      type: object
      required: [id]
      properties:
        id: { type: string, example: one }
        size: { type: integer }
"##;

/// A document with five mistakes, each of another kind.
const FIVE_MISTAKES: &str = r##"openapi: 3.0.3
info: { title: Mistaken, version: "1" }
tags: things
paths:
  /things:
    get:
      operationId: getThing
      parameters: [{ in: query, schema: { type: string } }]
      responses:
        "200":
          description: The things.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thign" }
  /things/all:
    get:
      operationId: getThing
      responses:
        "20": { description: A status of two digits. }
components:
  schemas:
    Thing: { type: object }
"##;
