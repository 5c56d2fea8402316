//! How lists continue: what the document says (`x-portolan-pagination`), else what is plain from parameters and answer.
//!
//! The rules are strict on purpose: a wrong guess asks for pages for ever or loses half of a list, no guess only leaves a
//! list as it is. An operation pages when it is a GET, its answer holds one list, and, in this order,
//!
//! 1. a member such as `next_cursor` answers a parameter such as `cursor`;
//! 2. a parameter such as `starting_after` takes the `id` of the last item, and a flag says whether there is more;
//! 3. the answer has a `Link` header and a parameter counts pages;
//! 4. a member such as `next` holds a URL, and there is a parameter that moves through the list;
//! 5. a parameter such as `page` counts pages;
//! 6. a parameter such as `offset` counts items, and another says how many.

use portolan_model::{
    Api, FieldPath, Location, MediaKind, Method, Name, Object, Operation, Pagination, Parameter,
    PrimitiveKind, Property, Resource, Shape, TypeRef, Value,
};

/// Finds the operations that answer page by page; those that said that they do not stay as they are.
pub(super) fn detect(api: &mut Api) {
    fn visit(resources: &[Resource], found: &mut Vec<Option<Pagination>>, api: &Api) {
        for resource in resources {
            for operation in &resource.operations {
                let pagination = match &operation.pagination {
                    None if operation.unpaged => None,
                    None => plain(api, operation),
                    said => said.clone(),
                };
                found.push(pagination);
            }
            visit(&resource.resources, found, api);
        }
    }
    fn assign(resources: &mut [Resource], found: &mut impl Iterator<Item = Option<Pagination>>) {
        for resource in resources {
            for operation in &mut resource.operations {
                operation.pagination = found.next().flatten();
            }
            assign(&mut resource.resources, found);
        }
    }
    let mut found = Vec::new();
    visit(&api.resources, &mut found, api);
    assign(&mut api.resources, &mut found.into_iter());
}

const CURSORS: &[(&[&str], &[&str])] = &[
    (
        &[
            "next_cursor",
            "nextcursor",
            "next_page_cursor",
            "end_cursor",
            "endcursor",
            "cursor",
            "after",
        ],
        &[
            "cursor",
            "next_cursor",
            "nextcursor",
            "page_cursor",
            "after",
            "start_cursor",
            "starting_after",
        ],
    ),
    (
        &[
            "next_page_token",
            "nextpagetoken",
            "next_token",
            "nexttoken",
            "continuation_token",
            "continuationtoken",
        ],
        &[
            "page_token",
            "pagetoken",
            "next_page_token",
            "next_token",
            "nexttoken",
            "token",
            "continuation_token",
            "continuationtoken",
        ],
    ),
    (
        &["next_page", "nextpage", "next_page_id"],
        &["page_token", "cursor", "page_id"],
    ),
    (&["next_offset", "nextoffset"], &["offset_token"]),
];
const MORE: &[&str] = &[
    "has_more",
    "hasmore",
    "has_next",
    "hasnext",
    "has_next_page",
    "hasnextpage",
    "more",
];
const LAST_ITEM: &[&str] = &["starting_after", "startingafter", "after", "after_id"];
const NEXT_URL: &[&str] = &[
    "next",
    "next_url",
    "nexturl",
    "next_link",
    "nextlink",
    "@odata.nextlink",
    "next_page_url",
    "next_page_uri",
    "href",
];
const PAGE: &[&str] = &[
    "page",
    "page_number",
    "pagenumber",
    "page_no",
    "pageno",
    "page_num",
    "pagenum",
    "current_page",
];
const SIZE: &[&str] = &[
    "per_page",
    "perpage",
    "page_size",
    "pagesize",
    "limit",
    "size",
    "count",
    "max_results",
    "maxresults",
    "top",
    "$top",
];
const OFFSET: &[&str] = &[
    "offset",
    "skip",
    "$skip",
    "start",
    "start_index",
    "startindex",
];
const TOTAL: &[&str] = &[
    "total",
    "total_count",
    "totalcount",
    "total_items",
    "totalitems",
    "total_results",
    "totalresults",
    "total_size",
];
const PAGES: &[&str] = &[
    "total_pages",
    "totalpages",
    "page_count",
    "pagecount",
    "last_page",
    "pages",
];
/// Members that hold what is said about a page.
const ENVELOPES: &[&str] = &[
    "meta",
    "metadata",
    "pagination",
    "paging",
    "page",
    "page_info",
    "pageinfo",
    "links",
    "_links",
    "response_metadata",
    "cursors",
];
const ITEMS: &[&str] = &[
    "data", "items", "results", "values", "value", "records", "entries", "content", "list", "rows",
    "elements", "result",
];

fn plain(api: &Api, operation: &Operation) -> Option<Pagination> {
    if operation.method != Method::Get {
        return None;
    }
    let answer = Answer::of(api, operation)?;
    // Of several spellings the plain one is meant, wherever it stands.
    let query = |names: &[&str], fits: fn(&Api, &TypeRef) -> bool| {
        operation
            .parameters_in(Location::Query)
            .filter(|parameter| !parameter.required && is_one_of(&parameter.name, names))
            .filter(|parameter| fits(api, &parameter.ty))
            .min_by_key(|parameter| !names.contains(&parameter.name.as_str()))
    };
    let items = answer.items.clone();
    let has_more = answer.find(MORE, |ty| is_kind(api, ty, &[PrimitiveKind::Boolean]));
    for (members, parameters) in CURSORS {
        let Some(parameter) = query(parameters, is_text) else {
            continue;
        };
        if let Some(next) = answer.find(members, |ty| is_text(api, ty)) {
            return Some(Pagination::Cursor {
                cursor: parameter.name.clone(),
                next,
                items,
                has_more,
            });
        }
    }
    if let (Some(parameter), Some(has_more)) = (query(LAST_ITEM, is_text), &has_more)
        && answer.item_has(api, "id")
    {
        return Some(Pagination::LastItem {
            cursor: parameter.name.clone(),
            member: FieldPath(vec!["id".into()]),
            items,
            has_more: Some(has_more.clone()),
        });
    }
    let page = query(PAGE, is_count);
    let offset = query(OFFSET, is_count);
    let size = query(SIZE, is_count);
    let counts = page.is_some() || offset.is_some();
    let moves = counts || query(&["cursor", "after", "before", "page"], |_, _| true).is_some();
    if moves && answer.link_header {
        return Some(Pagination::LinkHeader { items });
    }
    // Beside a parameter such as `after`, a `next` that is not said to be a URL may be a cursor.
    let url = |ty: &TypeRef| is_kind(api, ty, &[PrimitiveKind::Uri]) || counts && is_text(api, ty);
    if moves && let Some(next) = answer.find(NEXT_URL, url) {
        return Some(Pagination::NextUrl { next, items });
    }
    let name = |parameter: &Parameter| parameter.name.clone();
    if let Some(page) = page {
        return Some(Pagination::PageNumber {
            page: page.name.clone(),
            first: first_page(page),
            size: size.map(name),
            items,
            total_pages: answer.find(PAGES, |ty| is_count(api, ty)),
        });
    }
    if let (Some(offset), Some(limit)) = (offset, size) {
        return Some(Pagination::Offset {
            offset: offset.name.clone(),
            limit: Some(limit.name.clone()),
            items,
            total: answer.find(TOTAL, |ty| is_count(api, ty)),
        });
    }
    None
}

/// Zero when the document says that counting begins there, else one.
fn first_page(page: &Parameter) -> u32 {
    let from_zero = match &page.default {
        Some(Value::Number(digits)) => &**digits == "0",
        _ => match &page.ty {
            TypeRef::Primitive(primitive) => primitive
                .bounds
                .as_ref()
                .is_some_and(|bounds| bounds.minimum.as_deref() == Some("0")),
            _ => false,
        },
    };
    u32::from(!from_zero)
}

/// What an operation answers, when it holds one list.
struct Answer<'a> {
    object: Option<&'a Object>,
    /// Members of the answer that hold what is said about the page.
    envelopes: Vec<(Vec<Name>, &'a Object)>,
    items: FieldPath,
    item: &'a TypeRef,
    link_header: bool,
}

impl<'a> Answer<'a> {
    fn of(api: &'a Api, operation: &'a Operation) -> Option<Answer<'a>> {
        let response = operation.success()?;
        let link_header = response
            .headers
            .iter()
            .any(|header| header.name.as_str().eq_ignore_ascii_case("link"));
        let media = response
            .content
            .iter()
            .find(|media| media.kind == MediaKind::Json)?;
        if let Some(item) = list(api, &media.ty) {
            return Some(Answer {
                object: None,
                envelopes: Vec::new(),
                items: FieldPath::default(),
                item,
                link_header,
            });
        }
        let object = object(api, &media.ty)?;
        let mut envelopes = Vec::new();
        for property in properties(object, ENVELOPES) {
            let Some(inner) = self::object(api, &property.ty) else {
                continue;
            };
            let way = vec![property.name.clone()];
            for property in properties(inner, &["next", "cursors"]) {
                if let Some(deeper) = self::object(api, &property.ty) {
                    envelopes.push((vec![way[0].clone(), property.name.clone()], deeper));
                }
            }
            envelopes.push((way, inner));
        }
        let (items, item) = items(api, object, operation)?;
        Some(Answer {
            object: Some(object),
            envelopes,
            items,
            item,
            link_header,
        })
    }

    /// The way to the first member of one of these names that holds the right kind of value.
    fn find(&self, names: &[&str], fits: impl Fn(&TypeRef) -> bool) -> Option<FieldPath> {
        let member = |object: &Object| {
            properties(object, names)
                .find(|property| fits(&property.ty))
                .map(|property| property.name.clone())
        };
        if let Some(name) = self.object.and_then(member) {
            return Some(FieldPath(vec![name]));
        }
        self.envelopes.iter().find_map(|(way, object)| {
            let mut path = way.clone();
            path.push(member(object)?);
            Some(FieldPath(path))
        })
    }

    fn item_has(&self, api: &Api, name: &str) -> bool {
        object(api, self.item).is_some_and(|object| {
            object
                .properties
                .iter()
                .any(|property| property.name == name && is_text(api, &property.ty))
        })
    }
}

/// The one list in an answer: by a name that says so, or because it is the only one, perhaps inside `data`.
fn items<'a>(
    api: &'a Api,
    answer: &'a Object,
    operation: &Operation,
) -> Option<(FieldPath, &'a TypeRef)> {
    let lists = |object: &'a Object| -> Vec<(&'a Property, &'a TypeRef)> {
        object
            .properties
            .iter()
            .filter_map(|property| Some((property, list(api, &property.ty)?)))
            .collect()
    };
    let found = lists(answer);
    let segment = operation
        .path
        .raw
        .rsplit('/')
        .find(|segment| !segment.is_empty() && !segment.contains('{'));
    let named = found.iter().find(|(property, _)| {
        is_one_of(&property.name, ITEMS) || segment.is_some_and(|segment| property.name == *segment)
    });
    let only = match found.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    if let Some((property, item)) = named.or(only) {
        return Some((FieldPath(vec![property.name.clone()]), item));
    }
    if !found.is_empty() {
        return None;
    }
    let inside = properties(answer, &["data", "result", "response", "_embedded"])
        .find_map(|property| Some((property, object(api, &property.ty)?)));
    let (outer, object) = inside?;
    match lists(object).as_slice() {
        [(property, item)] => Some((
            FieldPath(vec![outer.name.clone(), property.name.clone()]),
            item,
        )),
        _ => None,
    }
}

fn properties<'a>(object: &'a Object, names: &[&str]) -> impl Iterator<Item = &'a Property> {
    // In the order of the names: the first one is the surest.
    let found: Vec<&Property> = names
        .iter()
        .flat_map(|name| {
            object
                .properties
                .iter()
                .filter(move |property| is_one_of(&property.name, &[name]))
        })
        .collect();
    found.into_iter()
}

fn is_one_of(name: &Name, names: &[&str]) -> bool {
    let lower = name.as_str().to_ascii_lowercase().replace('-', "_");
    names.contains(&lower.as_str())
}

/// Aliases and null taken off.
fn bare<'a>(api: &'a Api, ty: &'a TypeRef) -> &'a TypeRef {
    let mut ty = ty.without_null().0;
    for _ in 0..16 {
        let TypeRef::Named(id) = ty else { break };
        let Shape::Alias(inner) = &api.type_def(*id).shape else {
            break;
        };
        ty = inner.without_null().0;
    }
    ty
}

fn object<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a Object> {
    let TypeRef::Named(id) = bare(api, ty) else {
        return None;
    };
    match &api.type_def(*id).shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

fn list<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a TypeRef> {
    match bare(api, ty) {
        TypeRef::List { items, .. } => Some(items),
        _ => None,
    }
}

fn is_kind(api: &Api, ty: &TypeRef, kinds: &[PrimitiveKind]) -> bool {
    matches!(bare(api, ty), TypeRef::Primitive(primitive) if kinds.contains(&primitive.kind))
}

fn is_text(api: &Api, ty: &TypeRef) -> bool {
    is_kind(
        api,
        ty,
        &[
            PrimitiveKind::String,
            PrimitiveKind::Uuid,
            PrimitiveKind::Bytes,
        ],
    )
}

fn is_count(api: &Api, ty: &TypeRef) -> bool {
    is_kind(
        api,
        ty,
        &[
            PrimitiveKind::Integer,
            PrimitiveKind::Int32,
            PrimitiveKind::Int64,
            PrimitiveKind::Number,
        ],
    )
}
