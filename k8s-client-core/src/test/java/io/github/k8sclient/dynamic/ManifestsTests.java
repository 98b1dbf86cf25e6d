package io.github.k8sclient.dynamic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.value.Bytes;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Manifests}.
 */
class ManifestsTests {

	private static final String DEPLOYMENT = """
			apiVersion: apps/v1
			kind: Deployment
			metadata:
			  name: web
			spec:
			  replicas: 3
			""";

	private static final String CONFIG_MAP = """
			apiVersion: v1
			data:
			  answer: "42"
			kind: ConfigMap
			metadata:
			  name: settings
			""";

	@Test
	void readsObjectsOfAnyKinds() {
		List<Unstructured> objects = Manifests.read(DEPLOYMENT + "---\n" + CONFIG_MAP);

		assertThat(objects).extracting(Unstructured::kind).containsExactly("Deployment", "ConfigMap");
		assertThat(objects.get(0).nestedLong("spec", "replicas")).isEqualTo(3);
		assertThat(Manifests.read("# nothing\n")).isEmpty();
	}

	@Test
	void readsOneObjectOfAClass() {
		Deployment deployment = Manifests.read("---\n" + DEPLOYMENT + "---\n# no more\n", Deployment.class);

		assertThat(deployment.metadata().name()).isEqualTo("web");
		assertThat(deployment.spec().replicas()).isEqualTo(3);
	}

	@Test
	void readsStreamsAndResources() {
		byte[] bytes = CONFIG_MAP.replace("42", "d\u00e9j\u00e0 vu").getBytes(StandardCharsets.UTF_8);
		ConfigMap map = Manifests.read(new ByteArrayResource(bytes), ConfigMap.class);

		assertThat(map.data()).containsEntry("answer", "d\u00e9j\u00e0 vu");
		assertThat(Manifests.read(new ByteArrayInputStream(bytes), ConfigMap.class)).isEqualTo(map);
		assertThat(Manifests.read(new ByteArrayResource(bytes))).containsExactly(Unstructured.of(map));
		assertThat(Manifests.read(new ByteArrayInputStream(bytes))).containsExactly(Unstructured.of(map));
	}

	@Test
	void resourceThatIsNotThereIsAnInputOutputFailure() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> Manifests.read(new ClassPathResource("absent.yaml")))
			.withMessageContaining("absent.yaml");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> Manifests.read(new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("broken pipe");
			}

		}, ConfigMap.class)).withMessageContaining("broken pipe");
	}

	@Test
	void eachBrokenDocumentIsNamed() {
		assertThatExceptionOfType(ManifestException.class)
			.isThrownBy(() -> Manifests.read(CONFIG_MAP + "---\n\ndata: [\n---\nkind: Pod\n"))
			.withMessage("2 of 3 documents failed: document 2 at line 9: not valid YAML at line 10, column 1; "
					+ "document 3 at line 11: it has no apiVersion or no kind")
			.satisfies((ex) -> assertThat(ex.failures()).hasSize(2));
	}

	@Test
	void objectOfAnotherKindIsRefused() {
		assertThatExceptionOfType(ManifestException.class)
			.isThrownBy(() -> Manifests.read(CONFIG_MAP, Deployment.class))
			.withMessage("1 of 1 documents failed: document 1 at line 1, ConfigMap settings: a Deployment of apps/v1 "
					+ "is expected");
		assertThatExceptionOfType(ManifestException.class)
			.isThrownBy(() -> Manifests.read(DEPLOYMENT.replace("apps/v1", "apps/v1beta1"), Deployment.class));
	}

	@Test
	void objectThatDoesNotFitTheClassIsRefused() {
		assertThatExceptionOfType(ManifestException.class)
			.isThrownBy(() -> Manifests.read(DEPLOYMENT.replace("3", "many"), Deployment.class))
			.withMessageContaining("document 1 at line 1, Deployment web: ")
			.withMessageContaining("spec.replicas");
	}

	@Test
	void oneObjectIsNeitherNoneNorTwo() {
		assertThatExceptionOfType(ManifestException.class)
			.isThrownBy(() -> Manifests.read(CONFIG_MAP + "---\n" + CONFIG_MAP, ConfigMap.class))
			.withMessageContaining("document 2 at line 8, ConfigMap settings: only one object is expected");
		assertThatExceptionOfType(KubernetesException.class).isThrownBy(() -> Manifests.read("", ConfigMap.class))
			.withMessage("The manifest has no object");
	}

	@Test
	void objectIsWrittenWithItsMembersSorted() {
		ConfigMap map = ConfigMap.builder()
			.metadata((metadata) -> metadata.name("settings"))
			.data(Map.of("answer", "42"))
			.build();

		assertThat(Manifests.write(map)).isEqualTo(CONFIG_MAP);
		assertThat(Manifests.write(Unstructured.of(map))).isEqualTo(CONFIG_MAP);
		assertThat(Manifests.write(List.of(map, map))).isEqualTo(CONFIG_MAP + "---\n" + CONFIG_MAP);
		assertThat(Manifests.read(Manifests.write(map), ConfigMap.class)).isEqualTo(map);
	}

	@Test
	void secretIsWrittenWhole() {
		Secret secret = Secret.builder()
			.metadata((metadata) -> metadata.name("s"))
			.putData("password", Bytes.of("hunter2".getBytes(StandardCharsets.UTF_8)))
			.build();

		assertThat(Manifests.write(secret)).contains("password: aHVudGVyMg==");
	}

}
