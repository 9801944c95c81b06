"""`mutabaa audit verify`."""

import argparse

import django


def run(argv: list[str]) -> int:
    p = argparse.ArgumentParser(prog="mutabaa audit", description="Check the chained log of who did what.")
    p.add_argument("deed", choices=["verify"], help="read the whole log and name every fault")
    p.parse_args(argv)
    django.setup()
    from mutabaa.audit.models import AuditEntry
    from mutabaa.audit.services import faults

    found = 0
    for fault in faults():
        print(fault)
        found += 1
    total = AuditEntry.objects.count()
    print(f"{total} entries, {found} faults" if found else f"{total} entries, the chain is whole")
    return 1 if found else 0
