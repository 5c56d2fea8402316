# SPDX-License-Identifier: 0BSD
"""What every generated client shares: nothing here knows the API. Private: import from the package itself."""
