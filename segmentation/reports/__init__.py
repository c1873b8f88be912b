"""An audience summed: figures, tables and pictures, without a drawing library."""
