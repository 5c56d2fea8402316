//! The portal from memory: a manifest of known paths, never the disk.
//!
//! A request path is decoded once and looked up as it is. What is not in the manifest is not there: there is nothing to
//! climb out of, no link to follow and no device to open.

use crate::ranges::Part;
use crate::snapshot::Loaded;
use crate::{Problem, conditional};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write as _;
use std::sync::{Arc, OnceLock};

/// Below this a compressed body saves no packet.
const COMPRESS_FROM: usize = 1024;

/// All files of a build by path.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    files: BTreeMap<String, Arc<Served>>,
    fingerprint: String,
}

/// A file with everything that is made from it at most once.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) bytes: Bytes,
    content_type: &'static str,
    /// The same for the same bytes, also in another process.
    digest: u64,
    sha256: OnceLock<String>,
    gzip: OnceLock<Option<Bytes>>,
}

impl Manifest {
    /// Takes all files of a build.
    pub(crate) fn new(files: BTreeMap<String, Arc<Served>>) -> Manifest {
        let mut hasher = DefaultHasher::new();
        for (path, file) in &files {
            (path, file.digest).hash(&mut hasher);
        }
        Manifest {
            files,
            fingerprint: format!("{:016x}", hasher.finish()),
        }
    }

    /// These files, and those that are not among them.
    pub(crate) fn with(&self, files: BTreeMap<String, Arc<Served>>) -> Manifest {
        let mut all = self.files.clone();
        all.extend(files);
        Manifest::new(all)
    }

    pub(crate) fn served(&self, path: &str) -> Option<&Arc<Served>> {
        self.files.get(path)
    }

    pub(crate) fn file(&self, path: &str) -> Option<&Served> {
        self.files.get(path).map(Arc::as_ref)
    }

    /// The same for the same files, also in another process.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

impl Served {
    pub(crate) fn new(path: &str, bytes: Vec<u8>) -> Served {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Served {
            digest: hasher.finish(),
            bytes: bytes.into(),
            content_type: content_type(path),
            sha256: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// The SHA-256 digest of the bytes in hexadecimal digits.
    pub(crate) fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| {
            Sha256::digest(&self.bytes)
                .iter()
                .fold(String::new(), |mut text, byte| {
                    let _ = write!(text, "{byte:02x}");
                    text
                })
        })
    }

    /// The compressed bytes, when compression is worth it.
    fn gzip(&self) -> Option<&Bytes> {
        self.gzip
            .get_or_init(|| {
                let text = self.content_type.contains("charset")
                    || self.content_type.contains("json")
                    || self.content_type.contains("svg");
                if !text || self.bytes.len() < COMPRESS_FROM {
                    return None;
                }
                let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
                encoder.write_all(&self.bytes).ok()?;
                encoder.finish().ok().map(Bytes::from)
            })
            .as_ref()
    }
}

/// What names the page that an address shows, whoever asks: the tag of its bytes without compression; empty where there is none.
pub(crate) fn tag(manifest: &Manifest, path: &str) -> String {
    let found = decode(path).and_then(|path| match find(manifest, &path)? {
        Found::File(file) => Some(file),
        Found::Folder => None,
    });
    let shown = found.or_else(|| manifest.file("404.html"));
    shown.map_or_else(String::new, |file| tag_of(file).to_owned())
}

fn tag_of(file: &Served) -> &str {
    file.sha256().get(..32).unwrap_or_default()
}

/// The answer of the portal to any path that is nothing else.
pub(crate) fn answer(loaded: &Loaded, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            format!("`{}` can only be read", uri.path()),
        )
        .with_header(header::ALLOW, "GET, HEAD")
        .into_response();
    }
    let manifest = &loaded.manifest;
    let found = decode(uri.path()).and_then(|path| find(manifest, &path));
    match found {
        Some(Found::File(file)) => send(file, StatusCode::OK, method, headers),
        Some(Found::Folder) => {
            let query = uri
                .query()
                .map_or_else(String::new, |query| format!("?{query}"));
            let location = format!("{}/{query}", uri.path());
            (
                StatusCode::PERMANENT_REDIRECT,
                [(header::LOCATION, location)],
            )
                .into_response()
        }
        None => match manifest.file("404.html") {
            Some(page) => send(page, StatusCode::NOT_FOUND, method, headers),
            None => Problem::new(
                StatusCode::NOT_FOUND,
                format!("there is nothing at `{}`", uri.path()),
            )
            .into_response(),
        },
    }
}

enum Found<'a> {
    File(&'a Served),
    /// A folder asked for without its slash: links on its page are relative to it.
    Folder,
}

/// The path inside the tree that a request asks for, decoded once; `None` when it can be none.
fn decode(path: &str) -> Option<String> {
    let parts = path.strip_prefix('/')?.split('/').map(|part| {
        let part = percent_decode_str(part).decode_utf8().ok()?;
        (!part.contains(['/', '\\', '\0'])).then_some(part)
    });
    let parts: Option<Vec<_>> = parts.collect();
    Some(parts?.join("/"))
}

fn find<'a>(manifest: &'a Manifest, path: &str) -> Option<Found<'a>> {
    if path.is_empty() || path.ends_with('/') {
        return manifest.file(&format!("{path}index.html")).map(Found::File);
    }
    if let Some(file) = manifest.file(path) {
        return Some(Found::File(file));
    }
    manifest
        .file(&format!("{path}/index.html"))
        .map(|_| Found::Folder)
}

fn send(file: &Served, status: StatusCode, method: &Method, headers: &HeaderMap) -> Response {
    let packed = accepts_gzip(headers).then(|| file.gzip()).flatten();
    let suffix = if packed.is_some() { "-gzip" } else { "" };
    let etag = format!("\"{}{suffix}\"", tag_of(file));
    let body = packed.unwrap_or(&file.bytes);
    let part = match status == StatusCode::OK && *method == Method::GET {
        true => Part::of(headers, &etag, body.len()),
        false => Part::Whole,
    };
    let mut response = if status == StatusCode::OK && conditional::matches(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if part == Part::Outside {
        let length = format!("bytes */{}", body.len());
        let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
        if let Ok(length) = HeaderValue::from_str(&length) {
            response.headers_mut().insert(header::CONTENT_RANGE, length);
        }
        response
    } else {
        let (status, range, body) = match part {
            Part::Bytes(range) => {
                let words = format!("bytes {}-{}/{}", range.start, range.end - 1, body.len());
                (StatusCode::PARTIAL_CONTENT, Some(words), body.slice(range))
            }
            _ => (status, None, body.clone()),
        };
        let length = body.len();
        let mut response = match *method {
            Method::HEAD => Body::empty().into_response(),
            _ => Body::from(body).into_response(),
        };
        *response.status_mut() = status;
        let range = range.and_then(|range| HeaderValue::from_str(&range).ok());
        if let Some(range) = range {
            response.headers_mut().insert(header::CONTENT_RANGE, range);
        }
        let sent = response.headers_mut();
        sent.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(file.content_type),
        );
        sent.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        if packed.is_some() {
            sent.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    };
    let sent = response.headers_mut();
    sent.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    sent.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    sent.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        sent.insert(header::ETAG, etag);
    }
    response
}

/// Whether `Accept-Encoding` allows gzip (RFC 9110, 12.5.3).
fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let refused = weight
                .trim()
                .strip_prefix("q=")
                .is_some_and(|weight| weight.trim_matches(['0', '.']).is_empty());
            name.trim().eq_ignore_ascii_case("gzip") && !refused
        })
}

fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name == "api-catalog" {
        return "application/linkset+json"; // RFC 9727, section 4.2
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "md" => "text/markdown; charset=utf-8",
        "txt" | "py" | "sh" | "toml" => "text/plain; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "yaml" | "yml" => "application/yaml; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "gz" | "tgz" => "application/gzip",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
