package io.github.k8sclient.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Text of one Java file: collects the imports and indents the lines.
 */
final class JavaSource {

	private static final int MAX_LENGTH = 120;

	private static final int TAB_LENGTH = 4;

	private final String packageName;

	private final Set<String> neighbours;

	// from the simple to the full name
	private final Map<String, String> imports = new TreeMap<>();

	private final StringBuilder body = new StringBuilder();

	private int depth;

	/**
	 * Start a file.
	 * @param packageName the package of the file
	 * @param neighbours the simple names that mean a class of the same package
	 */
	JavaSource(String packageName, Set<String> neighbours) {
		this.packageName = packageName;
		this.neighbours = neighbours;
	}

	/**
	 * Import a class.
	 * @param className the full name of the class
	 * @return the name to write: the simple one unless it means another class here
	 */
	String use(String className) {
		int dot = className.lastIndexOf('.');
		String packageName = className.substring(0, dot);
		String simpleName = className.substring(dot + 1);
		if (packageName.equals("java.lang") || packageName.equals(this.packageName)) {
			return simpleName;
		}
		if (this.neighbours.contains(simpleName)
				|| !this.imports.computeIfAbsent(simpleName, (key) -> className).equals(className)) {
			return className;
		}
		return simpleName;
	}

	/**
	 * Add a line, or several separated by line feeds.
	 * @param text the text, without the indentation of the block
	 * @return this
	 */
	JavaSource line(String text) {
		for (String line : text.split("\n", -1)) {
			if (!line.isEmpty()) {
				this.body.append("\t".repeat(this.depth)).append(line);
			}
			this.body.append('\n');
		}
		return this;
	}

	JavaSource line() {
		this.body.append('\n');
		return this;
	}

	/**
	 * Add a line that opens a block.
	 * @param text the text before the brace
	 * @return this
	 */
	JavaSource open(String text) {
		line(text + " {");
		this.depth++;
		return this;
	}

	JavaSource close() {
		this.depth--;
		return line("}");
	}

	/**
	 * Close a block and leave an empty line, as after a method.
	 */
	void end() {
		close();
		line();
	}

	/**
	 * Add items separated by commas, breaking the line where it gets too long.
	 * @param start the text before the first item
	 * @param items the items
	 * @param end the text after the last item
	 */
	void items(String start, List<String> items, String end) {
		int indent = this.depth * TAB_LENGTH;
		StringBuilder line = new StringBuilder(items.isEmpty() ? start + end : start);
		for (int i = 0; i < items.size(); i++) {
			String item = items.get(i) + ((i == items.size() - 1) ? end : ",");
			boolean first = (i == 0);
			if (indent + line.length() + item.length() + 1 > MAX_LENGTH) {
				line(line.toString());
				line = new StringBuilder("\t\t");
				indent = this.depth * TAB_LENGTH + 2 * (TAB_LENGTH - 1);
				first = true;
			}
			line.append(first ? "" : " ").append(item);
		}
		line(line.toString());
	}

	/**
	 * Add a documentation comment.
	 * @param paragraphs the text, one entry a line, too long ones are wrapped
	 */
	void javadoc(List<String> paragraphs) {
		line("/**");
		for (String paragraph : paragraphs) {
			wrap(paragraph).forEach((text) -> line((" * " + text).stripTrailing()));
		}
		line(" */");
	}

	private List<String> wrap(String text) {
		int width = MAX_LENGTH - this.depth * TAB_LENGTH - " * ".length();
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		for (String word : text.split(" ")) {
			if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
				lines.add(line.toString());
				line.setLength(0);
			}
			line.append(line.isEmpty() ? "" : " ").append(word);
		}
		lines.add(line.toString());
		return lines;
	}

	@Override
	public String toString() {
		StringBuilder file = new StringBuilder();
		file.append("package ").append(this.packageName).append(";\n\n");
		appendImports(file, "java.");
		appendImports(file, "javax.");
		appendImports(file, "");
		return file.append(this.body.toString().replaceAll("\n+(\t*})", "\n$1").replaceFirst("\n+$", "\n")).toString();
	}

	private void appendImports(StringBuilder file, String prefix) {
		List<String> names = this.imports.values()
			.stream()
			.filter((name) -> prefix.isEmpty() ? !name.matches("javax?\\..*") : name.startsWith(prefix))
			.sorted()
			.toList();
		names.forEach((name) -> file.append("import ").append(name).append(";\n"));
		if (!names.isEmpty()) {
			file.append('\n');
		}
	}

}
