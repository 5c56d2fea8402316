//! portolan-site
