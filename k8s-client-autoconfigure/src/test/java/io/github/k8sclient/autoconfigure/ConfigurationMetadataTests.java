package io.github.k8sclient.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the metadata of the configuration properties.
 */
class ConfigurationMetadataTests {

	@Test
	void everyPropertyIsDescribedInTheStyleOfSpringBoot() {
		properties("META-INF/spring-configuration-metadata.json").forEach((name, property) -> {
			String description = property.path("description").asString("");
			assertThat(description).as(name).isNotEmpty().endsWith(".").doesNotStartWith("The ").doesNotStartWith("A ");
			assertThat(description).as(name).doesNotContain("{@");
			if (property.path("type").asString().equals("java.lang.Boolean")) {
				assertThat(description).as(name).startsWith("Whether ");
			}
		});
	}

	@Test
	void propertiesLiveUnderTheirOwnPrefix() {
		assertThat(properties("META-INF/spring-configuration-metadata.json").keySet())
			.allMatch((name) -> name.startsWith("k8s.client.") || name.startsWith("management.health.kubernetes")
					|| name.startsWith("management.endpoint.kubernetes."));
	}

	@Test
	void defaultsAreInTheMetadata() {
		Map<String, JsonNode> properties = properties("META-INF/spring-configuration-metadata.json");

		assertThat(properties.get("k8s.client.enabled").path("defaultValue").asBoolean()).isTrue();
		assertThat(properties.get("k8s.client.content-type").path("defaultValue").asString()).isEqualTo("protobuf");
		assertThat(properties.get("k8s.client.health.grace-period").path("defaultValue").asString()).isEqualTo("1m");
		assertThat(properties).containsKeys("k8s.client.informers", "k8s.client.startup.await-sync",
				"k8s.client.ssl.bundle", "k8s.client.impersonate.user");
	}

	@Test
	void additionalMetadataIsSorted() {
		List<String> names = properties("META-INF/additional-spring-configuration-metadata.json").keySet()
			.stream()
			.toList();

		assertThat(read("META-INF/additional-spring-configuration-metadata.json").path("properties")
			.valueStream()
			.map((property) -> property.path("name").asString())).containsExactlyElementsOf(names);
	}

	private static Map<String, JsonNode> properties(String resource) {
		Map<String, JsonNode> properties = new TreeMap<>();
		read(resource).path("properties").forEach((property) -> {
			if (property.path("sourceType").asString("io.github.k8sclient").startsWith("io.github.k8sclient")) {
				properties.put(property.path("name").asString(), property);
			}
		});
		assertThat(properties).isNotEmpty();
		return properties;
	}

	private static JsonNode read(String resource) {
		// Other modules on the class path have files of the same name
		String folder = KubernetesClientProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
		try (InputStream in = URI.create(folder + resource).toURL().openStream()) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
