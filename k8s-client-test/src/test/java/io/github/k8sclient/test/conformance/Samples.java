package io.github.k8sclient.test.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * One object of each kind that can be created without a cluster behind the server, from
 * {@code samples.json}.
 */
final class Samples {

	private Samples() {
	}

	/**
	 * Read the samples.
	 * @param namespace the namespace that they are made for; cluster-scoped ones get its
	 * name, so that no two tests meet
	 * @return the samples
	 * @throws IOException if the file cannot be read
	 */
	static List<Sample> of(String namespace) throws IOException {
		try (InputStream in = Samples.class.getResourceAsStream("samples.json")) {
			String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("NAMESPACE", namespace);
			JsonNode samples = Answer.MAPPER.readTree(text);
			return samples.valueStream()
				.map((sample) -> new Sample(sample.path("path").asString(), sample.path("object").toString()))
				.toList();
		}
	}

	/**
	 * An object to be created.
	 *
	 * @param path where to create it
	 * @param json the object
	 */
	record Sample(String path, String json) {

	}

}
