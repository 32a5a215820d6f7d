"""Writing rows: tables for people, CSV, JSON, JSON Lines and Parquet for programs, each as the rows come in."""
