"""The addresses that earlier versions of the starter content gave to its pages, so that they lead on everywhere.

A data folder that had them knows them from the ledger; a new one learns them here.
"""

from portal.core.models import Address
from portal.starter.loading.content_files import read_list


def remember() -> None:
    """Note the former addresses in the ledger. What it knows already stays."""
    entries = [Address(**entry) for entry in read_list("former_addresses.yaml")]
    Address.objects.bulk_create(entries, ignore_conflicts=True)
