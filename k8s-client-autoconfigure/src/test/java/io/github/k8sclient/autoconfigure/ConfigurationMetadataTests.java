package io.github.k8sclient.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.InformerOptions;
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
	void defaultsOfInformersAreThoseOfTheClient() {
		InformerOptions options = InformerOptions.defaults();
		HandlerOptions handler = HandlerOptions.defaults();

		assertThat(defaultsOf("k8s.client.informer-defaults.")).containsOnly(
				Map.entry("initial-list", dashed(options.initialList())),
				Map.entry("list-freshness", dashed(options.listFreshness())),
				Map.entry("page-size", String.valueOf(options.pageSize())),
				Map.entry("min-watch-timeout", options.minWatchTimeout().toMinutes() + "m"),
				Map.entry("stale-after", options.staleAfter().toMinutes() + "m"),
				Map.entry("consistency-check", options.consistencyCheck().toSeconds() + "s"),
				Map.entry("drop-managed-fields", String.valueOf(options.dropManagedFields())),
				Map.entry("resync", options.resync().toSeconds() + "s"),
				Map.entry("overflow", dashed(handler.overflow())),
				Map.entry("max-pending", String.valueOf(handler.maxPending())), Map.entry("namespaces", ""));
	}

	private static Map<String, String> defaultsOf(String prefix) {
		Map<String, String> defaults = new TreeMap<>();
		properties("META-INF/spring-configuration-metadata.json").forEach((name, property) -> {
			if (name.startsWith(prefix)) {
				defaults.put(name.substring(prefix.length()), property.path("defaultValue").asString(""));
			}
		});
		return defaults;
	}

	private static String dashed(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
