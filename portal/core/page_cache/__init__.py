"""Page cache: public pages are kept in memory and answered from there until a change affects them.

 1. `PageCacheMiddleware` keeps each page that a visitor without a session asks for, as it went out.
 2. Every app registers its models in its `registers.py`: when a visitor can see a row of it (`register_cached_model`).
 3. Signals make a `Change` of whatever is saved, deleted, related, published, unpublished or moved.
 4. `affected_paths(change)` returns the addresses that show it: none (drafts, the inbox, jobs, people), some, or `ALL`.
    `ALL` is the usual answer, because titles appear in lists, menus and on other pages.
 5. `invalidate(paths)` stores that as a row, `PageChange`, in the transaction of the change.
 6. After the commit it moves the *generation*, the time stamp of one file, which costs a request microseconds to read.
 7. When the generation has moved, the middleware reads the rows that it has not read yet and drops those pages, or all.
    A generation that moved without a new row means all.
 8. `cached_until_publish(key, compute)` keeps a value that many pages need until the generation moves.
 9. Whoever keeps pages elsewhere (files, a proxy, another machine) can follow the same rows with a `ChangeFollower`.
10. A daily job deletes rows that are older than a week.
"""
