import { Bookshop } from "bookshop";

const client = new Bookshop();
let left = 3;
for await (const book of client.books.list({ genre: "poetry" })) {
  console.log(book.title);
  if (--left === 0) break;
}
