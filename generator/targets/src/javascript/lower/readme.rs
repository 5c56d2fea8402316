//! What README.md says: the first call, credentials, errors, pages, in this API's own names.

use super::super::package::{CredentialRow, Readme};
use super::super::sample::{Form, JavaScriptSampler};
use super::super::value::string;
use super::credentials::option_name;
use super::oldest_node;
use crate::packaging::topics;
use crate::{Decimal, Int64, PackageConfig, Role, Sampler, credentials};
use portolan_emit::{Code, Language, literal::markdown};
use portolan_model::{Api, Call, Operation};

/// Writes one call in a form.
type Write<'w> = dyn Fn(Form<'_>) -> String + 'w;

/// The words of the readme.
pub(super) fn readme(api: &Api, config: &PackageConfig, sampler: &JavaScriptSampler<'_>) -> Readme {
    let class = &config.class_name;
    let package = string(&config.published_name());
    let variable = |name: &str| markdown::code(&format!("{}_{name}", config.environment_prefix));
    let block = |text: String| markdown::fenced("js", &text);
    let topics = topics(api);
    let sample =
        |operation: &Operation| block(sampler.sample(&Call::first(api, operation), None).text());
    let operations = api.operations();
    let first = topics.pages.or(topics.call);
    let first = first.or(operations.first().map(|(_, operation)| *operation));
    // Programs around one call.
    let around = |program: &dyn Fn(&Write<'_>) -> String| {
        topics.call.map(|operation| {
            let call = Call::first(api, operation);
            block(program(&|form| {
                let inline_files = true;
                sampler.call(
                    &call,
                    Form {
                        inline_files,
                        ..form
                    },
                )
            }))
        })
    };
    Readme {
        title: markdown::text(&api.title),
        headline: api.docs.headline().map(|text| markdown::text(&text)),
        class: Code::new(Language::Markdown, class),
        install: markdown::fenced("sh", &format!("npm install {}", config.published_name())),
        node: markdown::text(oldest_node(config)),
        numbers: Code::new(Language::Markdown, numbers(config)),
        xml: topics.xml,
        credentials: table(api, config),
        client: markdown::code(&format!("new {class}({{ … }})")),
        first_call: first.map(sample),
        function: topics.call.and_then(|operation| {
            let (file, function) = sampler.function(operation)?;
            let core = Form {
                client: "core",
                function: true,
                options: None,
                inline_files: true,
            };
            let call = sampler.call(&Call::first(api, operation), core);
            let [core, module] = ["core".to_owned(), format!("resources/{file}")]
                .map(|path| string(&format!("{}/{path}", config.published_name())));
            Some(block(format!(
                "import {{ {class}Core }} from {core};\nimport {{ {function} }} from {module};\n\nconst core = new {class}Core();\nconsole.log(await {call});\n",
            )))
        }),
        errors: around(&|call| {
            let call = call(Form::SAMPLE).replace('\n', "\n  ");
            format!(
                "import {{ ConnectionError, NotFoundError }} from {package};\n\ntry {{\n  console.log(await {call});\n}} catch (error) {{\n  if (error instanceof NotFoundError) console.log(error.status, error.requestId, error.data);\n  else if (error instanceof ConnectionError) console.log(\"no answer came\");\n  else throw error;\n}}\n",
            )
        }),
        result: around(&|call| {
            format!(
                "const {{ ok, data, error }} = await {}.asResult();\nconsole.log(ok ? data : error);\n",
                call(Form::SAMPLE)
            )
        }),
        pages: topics.pages.map(|operation| {
            let call = sampler.call(&Call::first(api, operation), Form::SAMPLE);
            block(format!(
                "const page = await {call};\nif (page.hasNextPage()) console.log(await page.nextPage());\n",
            ))
        }),
        stream: topics.stream.map(sample),
        download: topics.download.map(sample),
        upload: topics.upload.map(sample),
        options: around(&|call| {
            let quick = Form {
                client: "quick",
                ..Form::SAMPLE
            };
            let options = Form {
                options: Some("{ signal: AbortSignal.timeout(10_000), headers: { \"X-Trace\": \"1\" } }"),
                ..Form::SAMPLE
            };
            format!(
                "const quick = client.withOptions({{ timeout: 5_000, maxRetries: 0 }}); // shares the credentials\nconsole.log(await {});\n\n// Of one call alone.\nconsole.log(await {});\n",
                call(quick),
                call(options),
            )
        }),
        response: around(&|call| {
            format!(
                "const {{ data, response }} = await {}.withResponse();\nconsole.log(response.status, response.headers.get(\"date\"), data);\n",
                call(Form::SAMPLE)
            )
        }),
        webhooks: api
            .webhooks
            .iter()
            .find_map(|webhook| Some(block(sampler.receiver(webhook)?.text()))),
        connections: block(format!(
            "import {{ Agent, fetch }} from \"undici\";\nimport {{ {class} }} from {package};\n\nconst dispatcher = new Agent({{ connect: {{ timeout: 5_000 }} }});\nconst client = new {class}({{ fetch: (url, init) => fetch(url, {{ ...init, dispatcher }}) }});\n",
        )),
        idempotent: topics.idempotent.is_some(),
        test: markdown::fenced(
            "sh",
            &format!("{}_DOCUMENT=openapi.yaml npm test", config.environment_prefix),
        ),
        log_variable: variable("LOG"),
        base_url_variable: variable("BASE_URL"),
    }
}

fn table(api: &Api, config: &PackageConfig) -> Vec<CredentialRow> {
    credentials(api, config)
        .into_iter()
        .flat_map(|credential| credential.variables)
        .filter(|variable| !matches!(variable.role, Role::ClientCertificate | Role::ClientKey))
        .map(|variable| CredentialRow {
            option: markdown::code(&option_name(&variable.name, config)),
            variable: markdown::code(&variable.name),
            what: markdown::text(words(variable.role)),
        })
        .collect()
}

fn numbers(config: &PackageConfig) -> String {
    let integers = match config.javascript.int64 {
        Int64::NumberOrBigint => {
            "Integers that a number cannot hold exactly come as `bigint`, and a `bigint` is sent as a number with all its digits."
        }
        Int64::Bigint => {
            "Integers of 64 bits are `bigint`, small ones too; they are sent as numbers with all their digits."
        }
        Int64::String => {
            "Integers of 64 bits are strings of digits; they are sent as numbers with all their digits."
        }
    };
    let decimals = match config.javascript.decimal {
        Decimal::Number => "Other numbers are doubles: beyond 15 digits they are rounded.",
        Decimal::String => {
            "Decimals are strings of exactly the digits that travel; they are sent as numbers. Other numbers are doubles."
        }
    };
    format!("{integers} {decimals}")
}

fn words(role: Role) -> &'static str {
    match role {
        Role::ApiKey => "the API key",
        Role::Token => "a token",
        Role::Username => "the user",
        Role::Password => "the password",
        Role::ClientId => "the id of the OAuth client",
        Role::ClientSecret => "the secret of the OAuth client",
        Role::Authorization => "the value of the Authorization header",
        Role::ClientCertificate | Role::ClientKey => "the client's certificate",
    }
}
