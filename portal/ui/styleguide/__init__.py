"""The list of components at ``/styleguide/`` while developing: each with its states, from example data in `examples`.

`tests/ui` renders the same states, and the check ui.W003 names a component that has none.
"""
