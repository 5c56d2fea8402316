//! portolan-openapi
