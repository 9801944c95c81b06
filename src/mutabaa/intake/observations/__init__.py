"""Files of figures: SDMX messages and tables of any layout, read into entries that the indicators room checks and keeps."""
