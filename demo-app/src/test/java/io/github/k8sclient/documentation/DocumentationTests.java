package io.github.k8sclient.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.documentation.Page.Sample;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of the documentation say what is so: their samples compile, their properties
 * exist, their links lead somewhere.
 * <p>
 * What samples take for granted stands in {@code Preamble.java}, and in the pages
 * themselves in comments: {@code <!-- given: PodClient pods; Pod pod -->} holds for the
 * samples below it.
 */
class DocumentationTests {

	private static final Pattern PROPERTY = Pattern
		.compile("k8s\\.client\\.([a-z0-9.<>-]*[a-z0-9>])(`(?:, `\\.[a-z0-9.-]+`)+)?");

	private static final Pattern FURTHER_PROPERTY = Pattern.compile("`\\.([a-z0-9.-]+)`");

	private static final List<String> METERS = List.of("k8s.client.informer.", "k8s.client.exec.plugin.",
			"k8s.client.workqueue.", "k8s.client.leader.election.");

	private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");

	@Test
	void javaSamplesCompile() throws IOException {
		// those of the cheat sheet are run by CheatSheetConformanceTests
		List<Sample> samples = Page.all()
			.stream()
			.filter((page) -> !page.file().endsWith("cheat-sheet.md"))
			.flatMap((page) -> page.samples("java").stream())
			.toList();

		assertThat(new SampleCompiler().compile(samples)).isEmpty();
		assertThat(samples).hasSizeGreaterThan(40);
	}

	@Test
	void samplesThatDoNotCompileAreFound() throws IOException {
		Page page = new Page(Path.of("../docs/wrong.md").toAbsolutePath().normalize(),
				List.of("Count:", "<!-- given: Pod pod -->", "```java", "Pod other = pod;", "int count = pod;", "```"));

		assertThat(new SampleCompiler().compile(page.samples("java"))).singleElement()
			.asString()
			.startsWith("docs/wrong.md:5: ");
	}

	@Test
	void yamlSamplesAreUnderstood() throws IOException {
		List<String> problems = new ArrayList<>();
		List<Sample> samples = Page.all()
			.stream()
			.flatMap((page) -> page.samples("yaml").stream())
			.filter((sample) -> sample.code().startsWith("k8s:"))
			.toList();
		for (Sample sample : samples) {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load(sample.location(1),
					new ByteArrayResource(sample.code().getBytes()));
			try {
				new Binder(ConfigurationPropertySources.from(sources)).bind("k8s.client",
						Bindable.of(KubernetesClientProperties.class),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
			}
			catch (BindException ex) {
				problems.add(sample.location(1) + ": " + ex.getMessage() + ": " + ex.getCause().getMessage());
			}
		}

		assertThat(problems).isEmpty();
		assertThat(samples).hasSizeGreaterThan(3);
	}

	@Test
	void propertiesExist() throws IOException {
		NavigableMap<String, String> properties = properties();
		List<String> problems = new ArrayList<>();
		for (Page page : Page.all()) {
			for (int line = 1; line <= page.lines().size(); line++) {
				for (String name : names(page.lines().get(line - 1))) {
					if (!isKnown(name, properties)) {
						problems.add(page + ":" + line + ": " + name);
					}
				}
			}
		}

		assertThat(problems).isEmpty();
	}

	@Test
	void propertiesAreDocumented() throws IOException {
		Set<String> documented = Page.all()
			.stream()
			.flatMap((page) -> page.lines().stream())
			.flatMap((line) -> names(line).stream())
			.collect(Collectors.toSet());

		String text = Page.all().stream().map(Page::text).collect(Collectors.joining());

		// in full, or by its last name in a table of its group
		assertThat(properties().keySet()).filteredOn((name) -> name.startsWith("k8s.client."))
			.allMatch((name) -> documented.contains(name)
					|| text.contains("`" + name.substring(name.lastIndexOf('.') + 1) + "`"));
	}

	private static List<String> names(String line) {
		List<String> names = new ArrayList<>();
		Matcher property = PROPERTY.matcher(line);
		while (property.find()) {
			String first = "k8s.client." + property.group(1);
			names.add(first);
			if (property.group(2) != null) {
				String parent = first.substring(0, first.lastIndexOf('.') + 1);
				FURTHER_PROPERTY.matcher(property.group(2))
					.results()
					.forEach((next) -> names.add(parent + next.group(1)));
			}
		}
		return names;
	}

	private static boolean isKnown(String name, NavigableMap<String, String> properties) {
		String next = properties.ceilingKey(name);
		boolean group = (next != null) && (next.equals(name) || next.startsWith(name + "."));
		// k8s.client.informers.deployments.resource
		String before = properties.floorKey(name);
		boolean entry = (before != null) && name.startsWith(before + ".")
				&& properties.get(before).startsWith("java.util.Map");
		boolean meter = METERS.stream().anyMatch(name::startsWith);
		return group || entry || meter;
	}

	private static NavigableMap<String, String> properties() throws IOException {
		NavigableMap<String, String> properties = new TreeMap<>();
		for (URL url : Collections.list(DocumentationTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = url.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
					properties.put(property.path("name").asString(), property.path("type").asString());
				}
			}
		}
		return properties;
	}

	@Test
	void linksLeadSomewhere() {
		List<String> problems = new ArrayList<>();
		for (Page page : Page.all()) {
			Matcher link = LINK.matcher(page.text());
			while (link.find()) {
				if (!link.group(1).contains(":") && !leadsSomewhere(page, link.group(1), link.group(2))) {
					problems.add(page + ": " + link.group());
				}
			}
		}

		assertThat(problems).isEmpty();
	}

	private static boolean leadsSomewhere(Page page, String path, String anchor) {
		Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path);
		return Files.exists(target) && (anchor == null || Page.read(target).anchors().contains(anchor));
	}

}
