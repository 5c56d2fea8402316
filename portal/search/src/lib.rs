//! portolan-search
