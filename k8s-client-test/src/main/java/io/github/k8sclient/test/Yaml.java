package io.github.k8sclient.test;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.yaml.YamlTree;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;

/**
 * Reads and writes YAML as the API server does.
 */
final class Yaml {

	private Yaml() {
	}

	/**
	 * Read a document.
	 * @param body the YAML or JSON text
	 * @return the document, null as JSON if it is empty
	 * @throws StatusException 400 if it is neither
	 */
	static JsonNode read(byte[] body) {
		try {
			return ModelCodec.MAPPER.valueToTree(YamlTree.read(new String(body, StandardCharsets.UTF_8)));
		}
		catch (YAMLException ex) {
			throw Statuses.badRequest("error decoding YAML: error converting YAML to JSON: yaml: " + ex.getMessage());
		}
	}

	/**
	 * Find keys that are there twice.
	 * @param body the YAML or JSON text
	 * @return the complaints, each with its line
	 */
	static List<String> duplicateKeys(byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		if (text.stripLeading().startsWith("{") && StrictDecoding.duplicates(body).isEmpty()) {
			return List.of();
		}
		List<String> found = new ArrayList<>();
		collectDuplicates(new org.yaml.snakeyaml.Yaml(new LoaderOptions()).compose(new StringReader(text)), found);
		return found;
	}

	private static void collectDuplicates(@Nullable Node node, List<String> found) {
		if (node instanceof MappingNode mapping) {
			Set<String> keys = new HashSet<>();
			for (NodeTuple tuple : mapping.getValue()) {
				if (tuple.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
					found.add("line %d: key %s already set in map".formatted(key.getStartMark().getLine() + 1,
							FieldError.quote(key.getValue())));
				}
				collectDuplicates(tuple.getValueNode(), found);
			}
		}
		else if (node instanceof SequenceNode sequence) {
			sequence.getValue().forEach((item) -> collectDuplicates(item, found));
		}
	}

	/**
	 * Write a document.
	 * @param json the document as JSON text
	 * @return the YAML text
	 */
	static byte[] write(byte[] json) {
		return YamlTree.write(ModelCodec.MAPPER.readValue(json, Map.class)).getBytes(StandardCharsets.UTF_8);
	}

}
