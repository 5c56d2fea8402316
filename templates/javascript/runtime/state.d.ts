// SPDX-License-Identifier: 0BSD

/** Where a client keeps what it knows. */
export declare const STATE: unique symbol;
