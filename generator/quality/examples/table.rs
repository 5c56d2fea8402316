//! Scores documents and prints a line for each: `cargo run -p portolan-quality --example table -- DOCUMENT...`.
//! `CODES=1` prints the share of each rule.
#![expect(clippy::print_stdout, reason = "a program for people")]

use portolan_source::{Diagnostics, Sources};
use std::time::Instant;

fn main() {
    let codes = std::env::var("CODES").is_ok();
    if codes {
        let names: Vec<_> = portolan_quality::rules().map(|rule| rule.code).collect();
        println!("document\tgrade\tpoints\t{}", names.join("\t"));
    }
    for path in std::env::args().skip(1) {
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let Ok(api) = portolan_openapi::load(path.as_ref(), &mut sources, &mut diagnostics) else {
            println!("{path}\t-");
            continue;
        };
        let start = Instant::now();
        let report = portolan_quality::score(&api, &diagnostics);
        let time = start.elapsed();
        if codes {
            let shares: Vec<String> = report
                .checks
                .iter()
                .map(|check| match check.total {
                    0 => "-".to_owned(),
                    total => format!("{}", check.passed * 100 / total),
                })
                .collect();
            println!(
                "{path}\t{}\t{}\t{}",
                report.grade,
                report.points,
                shares.join("\t")
            );
        } else {
            let categories: Vec<String> = report
                .categories
                .iter()
                .map(|score| {
                    score
                        .points
                        .map_or("-".to_owned(), |points| points.to_string())
                })
                .collect();
            println!(
                "{path}\t{}\t{}\t{}\t{time:.1?}",
                report.grade,
                report.points,
                categories.join("\t")
            );
        }
    }
}
