package io.github.k8sclient.dynamic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.yaml.YamlTree;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads manifests: YAML or JSON, in any number of documents between lines of three
 * hyphens. Each document is read for itself, so that one that is broken leaves the others
 * as they are. Errors never quote the text, which may hold secrets.
 */
final class YamlDocuments {

	private final List<ManifestDocument> documents = new ArrayList<>();

	private int count;

	private YamlDocuments() {
	}

	/**
	 * Read a manifest.
	 * @return the objects of the documents, those of lists one by one
	 */
	static List<ManifestDocument> read(String manifest) {
		YamlDocuments documents = new YamlDocuments();
		StringBuilder text = new StringBuilder();
		int firstLine = 1;
		int line = 0;
		for (String next : withoutMark(manifest).lines().toList()) {
			line++;
			if (isSeparator(next)) {
				documents.add(text.toString(), firstLine);
				text.setLength(0);
				firstLine = line + 1;
			}
			else {
				text.append(next).append('\n');
			}
		}
		documents.add(text.toString(), firstLine);
		return List.copyOf(documents.documents);
	}

	/**
	 * Editors of some systems begin a file with a byte order mark.
	 */
	private static String withoutMark(String manifest) {
		return manifest.startsWith("\uFEFF") ? manifest.substring(1) : manifest;
	}

	private static boolean isSeparator(String line) {
		return line.startsWith("---") && line.substring(3).strip().replaceFirst("#.*", "").isEmpty();
	}

	private void add(String text, int firstLine) {
		int emptyLines = emptyLines(text);
		if (emptyLines == text.lines().count()) {
			return;
		}
		String place = "document " + ++this.count + " at line " + (firstLine + emptyLines);
		try {
			Object content = YamlTree.readStrict(text);
			if (content != null) {
				add(place, content);
			}
		}
		catch (MarkedYAMLException ex) {
			this.documents.add(ManifestDocument.broken(place, "not valid YAML" + position(ex, firstLine)));
		}
		catch (YAMLException ex) {
			this.documents.add(ManifestDocument.broken(place, "nested too deeply, or too large"));
		}
	}

	private static int emptyLines(String text) {
		return (int) text.lines().takeWhile((line) -> line.isBlank() || line.startsWith("#")).count();
	}

	private static String position(MarkedYAMLException ex, int firstLine) {
		return (ex.getProblemMark() == null) ? "" : " at line " + (firstLine + ex.getProblemMark().getLine())
				+ ", column " + (ex.getProblemMark().getColumn() + 1);
	}

	@SuppressWarnings("unchecked")
	private void add(String place, Object content) {
		if (!(content instanceof Map<?, ?> map)) {
			this.documents.add(ManifestDocument.broken(place, "not an object"));
			return;
		}
		try {
			add(place, Unstructured.of((Map<String, @Nullable Object>) map));
		}
		catch (FieldTypeException | IllegalArgumentException ex) {
			this.documents.add(ManifestDocument.broken(place, String.valueOf(ex.getMessage())));
		}
	}

	private void add(String place, Unstructured object) {
		if (object.isList() && object.kind().endsWith("List")) {
			List<Unstructured> items = object.items();
			for (int index = 0; index < items.size(); index++) {
				add(place + ", item " + (index + 1), items.get(index));
			}
		}
		else if (object.kind().isEmpty() || object.apiVersion().isEmpty()) {
			this.documents.add(ManifestDocument.broken(place, "it has no apiVersion or no kind"));
		}
		else {
			this.documents.add(ManifestDocument.of(place, object));
		}
	}

}
