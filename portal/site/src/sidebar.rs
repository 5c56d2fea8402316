//! The list at the left as HTML. It is the larger half of a page of a large API, and the pages of one folder share all of it
//! but the mark of the current page: so it is rendered once for them, with a place for the mark at each link.

use crate::address::{Address, Here};
use crate::html::Html;
use crate::navigation::{self, Item, Navigation};
use crate::page::{Area, HeaderLink, Page, header_links, switcher, versions};
use crate::site::Site;
use portolan_emit::{Error, Templates};
use serde::Serialize;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

const TEMPLATE: &str = "portal/layouts/sidebar.html.jinja";
const CURRENT: &str = " aria-current=\"page\"";
/// Begins and ends what stands where a mark may come. No string of a document holds an angle bracket once it is escaped.
const PLACE: (&str, char) = ("<\u{1}", '>');

/// The lists that were rendered already, by what they show.
#[derive(Default)]
pub(crate) struct Sidebars(Mutex<HashMap<Key, Arc<Shared>>>);

/// Pages with the same key have the same list.
type Key = (usize, String);

/// A list for several pages.
struct Shared {
    html: String,
    /// Where the mark of each page comes, from the last to the first.
    places: HashMap<Address, usize>,
}

/// What the template sees.
#[derive(Serialize)]
struct Context {
    list: Navigation,
    frame: PortalFrame,
}

/// The links of the portal itself, below the list.
#[derive(Serialize)]
struct PortalFrame {
    portal: String,
    home: String,
    links: Vec<HeaderLink>,
    apis: Vec<HeaderLink>,
    versions: Vec<HeaderLink>,
}

impl Sidebars {
    /// The list for a page; `None` for pages of the portal itself.
    ///
    /// # Errors
    /// When the template is wrong.
    pub(crate) fn of(
        &self,
        site: &Site<'_>,
        templates: &Templates,
        page: &dyn Page,
        here: &Here,
    ) -> Result<Option<Html>, Error> {
        let address = page.address();
        let index = match page.area() {
            Area::Api(index) => index,
            Area::Guides => {
                let list = navigation::of_guides(site, here);
                return alone(site, templates, page, here, list).map(Some);
            }
            Area::Home | Area::Catalog => return Ok(None),
        };
        let Some(key) = navigation::shared(site, index, address) else {
            let list = navigation::of_api(site, index, here, address);
            return alone(site, templates, page, here, list).map(Some);
        };
        let key = (index, key);
        let known = self.0.lock().ok().and_then(|all| all.get(&key).cloned());
        let shared = match known {
            Some(shared) => shared,
            None => {
                let here = here.beside();
                let list = navigation::of_api(site, index, &here, address);
                let shared = Arc::new(Shared::new(site, templates, page, &here, list)?);
                if let Ok(mut all) = self.0.lock() {
                    all.insert(key, Arc::clone(&shared));
                }
                shared
            }
        };
        Ok(Some(shared.marked(address)))
    }
}

/// The list of one page.
fn alone(
    site: &Site<'_>,
    templates: &Templates,
    page: &dyn Page,
    here: &Here,
    mut list: Navigation,
) -> Result<Html, Error> {
    list.each(&mut |item| {
        if item.address.as_ref() == Some(page.address()) {
            item.mark = Html::new(CURRENT);
        }
    });
    render(site, templates, page, here, list).map(Html::new)
}

fn render(
    site: &Site<'_>,
    templates: &Templates,
    page: &dyn Page,
    here: &Here,
    navigation: Navigation,
) -> Result<String, Error> {
    let frame = PortalFrame {
        portal: site.inputs.portal.title.clone(),
        home: here.page(&Address::home()),
        links: header_links(site, here, page.area()),
        apis: switcher(site, here, page.area()),
        versions: versions(site, here, page),
    };
    let mut html = templates.render(
        TEMPLATE,
        Context {
            list: navigation,
            frame,
        },
    )?;
    html.truncate(html.trim_end().len());
    Ok(html)
}

impl Shared {
    fn new(
        site: &Site<'_>,
        templates: &Templates,
        page: &dyn Page,
        here: &Here,
        mut list: Navigation,
    ) -> Result<Shared, Error> {
        let mut addresses = Vec::new();
        list.each(&mut |item: &mut Item| {
            if let Some(address) = item.address.take() {
                item.mark = Html::new(format!("{}{}{}", PLACE.0, addresses.len(), PLACE.1));
                addresses.push(address);
            }
        });
        let text = render(site, templates, page, here, list)?;
        let mut html = String::with_capacity(text.len());
        let mut places = HashMap::with_capacity(addresses.len());
        let mut pieces = text.split(PLACE.0);
        html.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (number, rest) = piece.split_once(PLACE.1).unwrap_or_default();
            let address = number.parse().ok().and_then(|at: usize| addresses.get(at));
            if let Some(address) = address {
                places.insert(address.clone(), html.len());
            }
            html.push_str(rest);
        }
        Ok(Shared { html, places })
    }

    fn marked(&self, address: &Address) -> Html {
        let Some((before, after)) = (self.places.get(address)).map(|at| self.html.split_at(*at))
        else {
            return Html::new(self.html.as_str());
        };
        let mut html = String::with_capacity(self.html.len() + CURRENT.len());
        let _ = write!(html, "{before}{CURRENT}{after}");
        Html::new(html)
    }
}
