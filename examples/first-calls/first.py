from itertools import islice

from bookshop import Bookshop

client = Bookshop()
for book in islice(client.books.list(genre="poetry"), 3):
    print(book.title)
