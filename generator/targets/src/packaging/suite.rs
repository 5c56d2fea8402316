//! What the tests of a package need to call a mock of its API.

use crate::{PackageConfig, Role, credentials};
use portolan_model::{Api, Server};

/// The variables of the environment that hold what a mock takes for credentials.
pub(crate) fn secrets(api: &Api, config: &PackageConfig) -> Vec<String> {
    credentials(api, config)
        .into_iter()
        .flat_map(|credential| credential.variables)
        // A ready token is enough where a client could fetch one; a certificate is a file.
        .filter(|variable| {
            !matches!(
                variable.role,
                Role::ClientId | Role::ClientSecret | Role::ClientCertificate | Role::ClientKey
            )
        })
        .map(|variable| variable.name)
        .collect()
}

/// The path of the first server, below which a mock answers: empty, or with a slash before it.
pub(crate) fn server_path(api: &Api) -> String {
    api.servers.first().map(path).unwrap_or_default()
}

fn path(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    let behind = url.split_once("://").map_or(url.as_str(), |(_, rest)| {
        rest.find('/').map_or("", |slash| &rest[slash..])
    });
    let path = behind.trim_matches('/');
    match path {
        "" => String::new(),
        path => format!("/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::path;
    use portolan_model::Server;
    use portolan_source::Span;

    #[test]
    fn a_mock_answers_below_the_path_of_the_server() {
        let server = |url: &str| Server {
            url: url.to_owned(),
            name: None,
            description: None,
            variables: Vec::new(),
            span: Span::default(),
        };
        for (url, expected) in [
            ("https://a.example/v1/", "/v1"),
            ("https://a.example", ""),
            ("/v2", "/v2"),
            ("/", ""),
        ] {
            assert_eq!(path(&server(url)), expected, "{url}");
        }
    }
}
