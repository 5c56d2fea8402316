// SPDX-License-Identifier: 0BSD

/** Where a client keeps what it knows: a symbol, so that no resource's name can meet it. */
export const STATE = Symbol("state");
