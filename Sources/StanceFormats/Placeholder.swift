// Stands in until the first file of this module.
