//! [`Node`](crate::Node) -> text that reads back as the same data: JSON for machines, YAML for people.

mod json;
mod yaml;

pub use json::to_json;
pub use yaml::to_yaml;

#[cfg(test)]
mod tests;
