//! The list at the left as HTML. It is the larger half of a page of a large API, and the pages of one folder share all of it
//! but the mark of the current page: so it is rendered once for them, with a place for the mark at each link.

use crate::address::{Address, Here};
use crate::html::Html;
use crate::memory::{Digest, Keys, Writer, digest_of};
use crate::navigation::{self, Item, Navigation};
use crate::page::{Area, HeaderLink, Page, header_links, switcher, versions};
use crate::site::Site;
use portolan_emit::{Error, Templates};
use serde::Serialize;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

const TEMPLATE: &str = "portal/layouts/sidebar.html.jinja";
const CURRENT: &str = " aria-current=\"page\"";
/// Begins and ends what stands where a mark may come. No string of a document holds an angle bracket once it is escaped.
const PLACE: (&str, char) = ("<\u{1}", '>');

/// The lists of this build, and those of the last one.
#[derive(Default)]
pub(crate) struct Sidebars {
    made: Mutex<HashMap<Place, Arc<Shared>>>,
    /// By what they show.
    before: HashMap<Digest, Arc<Shared>>,
}

/// Pages with the same place have the same list.
type Place = (usize, String);

/// A list for several pages.
pub(crate) struct Shared {
    html: String,
    /// Where the mark of each page comes, from the last to the first.
    places: HashMap<Address, usize>,
    /// What it shows; nothing where no build comes after this one.
    digest: Digest,
}

/// The list of a page.
pub(crate) enum List {
    /// As pages beside it have it.
    Shared(Arc<Shared>),
    /// Its own, not rendered yet.
    Alone(Box<Context>),
}

/// What the template sees.
#[derive(Serialize)]
pub(crate) struct Context {
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
    /// Takes lists of the last build for those of this one that show the same.
    pub(crate) fn after(before: HashMap<Digest, Arc<Shared>>) -> Sidebars {
        Sidebars {
            before,
            ..Sidebars::default()
        }
    }

    /// All lists of this build that several pages have.
    pub(crate) fn made(&self) -> HashMap<Digest, Arc<Shared>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let made = made
            .values()
            .map(|shared| (shared.digest, Arc::clone(shared)));
        made.collect()
    }

    /// The list for a page; `None` for pages of the portal itself.
    ///
    /// # Errors
    /// When the template is wrong.
    pub(crate) fn of(
        &self,
        site: &Site<'_>,
        templates: &Templates,
        keys: Option<&Keys>,
        page: &dyn Page,
        here: &Here,
    ) -> Result<Option<List>, Error> {
        let address = page.address();
        let index = match page.area() {
            Area::Api(index) => index,
            Area::Guides => {
                let list = navigation::of_guides(site, here);
                return Ok(Some(List::alone(site, page, here, list)));
            }
            Area::Home | Area::Catalog => return Ok(None),
        };
        let Some(place) = navigation::shared(site, index, address) else {
            let list = navigation::of_api(site, index, here, address);
            return Ok(Some(List::alone(site, page, here, list)));
        };
        let place = (index, place);
        let known = self.made.lock().ok();
        let known = known.and_then(|all| all.get(&place).cloned());
        let shared = match known {
            Some(shared) => shared,
            None => {
                let here = here.beside();
                let list = navigation::of_api(site, index, &here, address);
                let shared = self.shared(site, templates, keys, page, &here, list)?;
                if let Ok(mut all) = self.made.lock() {
                    all.insert(place, Arc::clone(&shared));
                }
                shared
            }
        };
        Ok(Some(List::Shared(shared)))
    }

    /// The list of several pages: that of the last build when it shows the same.
    fn shared(
        &self,
        site: &Site<'_>,
        templates: &Templates,
        keys: Option<&Keys>,
        page: &dyn Page,
        here: &Here,
        mut list: Navigation,
    ) -> Result<Arc<Shared>, Error> {
        let mut addresses = Vec::new();
        list.each(&mut |item: &mut Item| {
            if let Some(address) = item.address.take() {
                item.mark = Html::new(format!("{}{}{}", PLACE.0, addresses.len(), PLACE.1));
                addresses.push(address);
            }
        });
        let context = Context::new(site, page, here, list);
        let digest = keys.map(|keys| {
            let mut writer = Writer::default();
            writer.add(&(keys.site(), &context));
            addresses.iter().for_each(|it| writer.add(it.as_str()));
            writer.finish()
        });
        if let Some(known) = digest.and_then(|digest| self.before.get(&digest)) {
            return Ok(Arc::clone(known));
        }
        let text = context.render(templates)?;
        let digest = digest.unwrap_or_default();
        Ok(Arc::new(Shared::new(&text, &addresses, digest)))
    }
}

impl List {
    /// The list of one page.
    fn alone(site: &Site<'_>, page: &dyn Page, here: &Here, mut list: Navigation) -> List {
        list.each(&mut |item| {
            if item.address.as_ref() == Some(page.address()) {
                item.mark = Html::new(CURRENT);
            }
        });
        List::Alone(Box::new(Context::new(site, page, here, list)))
    }

    /// What it shows.
    pub(crate) fn digest(&self) -> Digest {
        match self {
            List::Shared(shared) => shared.digest,
            List::Alone(context) => digest_of(context),
        }
    }

    /// The list as the page at `address` has it.
    ///
    /// # Errors
    /// When the template is wrong.
    pub(crate) fn html(&self, templates: &Templates, address: &Address) -> Result<Html, Error> {
        match self {
            List::Shared(shared) => Ok(shared.marked(address)),
            List::Alone(context) => context.render(templates).map(Html::new),
        }
    }
}

impl Context {
    fn new(site: &Site<'_>, page: &dyn Page, here: &Here, list: Navigation) -> Context {
        Context {
            list,
            frame: PortalFrame {
                portal: site.inputs.portal.title.clone(),
                home: here.page(&Address::home()),
                links: header_links(site, here, page.area()),
                apis: switcher(site, here, page.area()),
                versions: versions(site, here, page),
            },
        }
    }

    fn render(&self, templates: &Templates) -> Result<String, Error> {
        let mut html = templates.render(TEMPLATE, self)?;
        html.truncate(html.trim_end().len());
        Ok(html)
    }
}

impl Shared {
    /// Takes the places of marks out of what was rendered.
    fn new(text: &str, addresses: &[Address], digest: Digest) -> Shared {
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
        Shared {
            html,
            places,
            digest,
        }
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
