//! portolan-targets
