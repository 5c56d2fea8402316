//! portolan-emit
