from mutabaa.cli import main

main()
