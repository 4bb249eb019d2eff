// Package documents reads the source texts that are at hand: it finds the file
// of a document, cuts it into paragraphs, shows the words of evidence and
// checks them (verify), and makes the locators of evidence (cite).
//
// The graph holds no sentence of a source. What it holds is a locator: a
// paragraph, a range of characters and their hash. This package is the only
// place where locator and text meet.
package documents
