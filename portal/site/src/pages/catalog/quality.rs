//! How good the document of a listing is: every check, in its category, and how to see the same.

use super::card::grade;
use crate::html::Html;
use crate::site::Site;
use portolan_catalog::Listing;
use portolan_quality::Category;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Quality {
    pub(super) grade: String,
    pub(super) points: String,
    pub(super) edition: u32,
    pub(super) command: String,
    pub(super) categories: Vec<QualityCategory>,
}

#[derive(Serialize)]
pub(super) struct QualityCategory {
    pub(super) title: String,
    pub(super) points: String,
    pub(super) checks: Vec<QualityCheck>,
}

#[derive(Serialize)]
pub(super) struct QualityCheck {
    pub(super) title: Html,
    pub(super) words: String,
    pub(super) code: &'static str,
    pub(super) weight: u32,
    pub(super) passed: usize,
    pub(super) total: usize,
    /// `all`, `some`, `none`, or `nothing` when there is nothing to judge.
    pub(super) state: &'static str,
}

/// The grade of a listing's document, with every check; none where no document is here.
pub(super) fn quality(site: &Site<'_>, listing: &Listing, index: Option<usize>) -> Option<Quality> {
    let report = grade(site, listing)?;
    let (input, map) = site.api(index?);
    let notation = input.documents.first()?.notation;
    let document = crate::assemble::document_path(map, notation);
    let document = document.rsplit('/').next().unwrap_or_default();
    let categories = report.categories.iter().map(|score| {
        let checks = report.checks.iter();
        let checks = checks.filter(|check| check.category == score.category);
        QualityCategory {
            title: site.say(category_words(score.category)).to_owned(),
            points: score.points.map_or_else(String::new, |it| it.to_string()),
            checks: checks
                .map(|check| QualityCheck {
                    title: with_code(site.say(&format!("rule-{}", check.code))),
                    words: site.say(&format!("rule-{}", check.code)).to_owned(),
                    code: check.code,
                    weight: check.weight,
                    passed: check.passed,
                    total: check.total,
                    state: match (check.passed, check.total) {
                        (_, 0) => "nothing",
                        (passed, total) if passed == total => "all",
                        (0, _) => "none",
                        _ => "some",
                    },
                })
                .collect(),
        }
    });
    Some(Quality {
        grade: report.grade.to_string(),
        points: report.points.to_string(),
        edition: report.rules,
        command: format!("portolan check {document} --score"),
        categories: categories.collect(),
    })
}

/// Words in which ticks stand around code.
fn with_code(words: &str) -> Html {
    let parts = words.split('`').enumerate();
    let parts: Vec<Html> = parts
        .map(|(index, part)| match index % 2 {
            0 => Html::text(part),
            _ => Html::code(part),
        })
        .collect();
    Html::joined(&parts, "")
}

fn category_words(category: Category) -> &'static str {
    match category {
        Category::Correctness => "quality-correctness",
        Category::Sdk => "sdks",
        Category::Documentation => "quality-documentation",
        Category::Examples => "quality-examples",
        Category::Errors => "errors",
        Category::Security => "quality-security",
    }
}
