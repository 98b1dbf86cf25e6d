package io.github.k8sclient.dynamic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.resource.Resources;
import io.github.k8sclient.yaml.YamlTree;

import org.springframework.core.io.Resource;
import org.springframework.util.Assert;

/**
 * Manifests as files have them: objects in YAML or JSON, in any number of documents
 * between lines of three hyphens.
 *
 * <pre class="code">
 * Deployment web = Manifests.read(new ClassPathResource("web.yaml"), Deployment.class);
 * List&lt;Unstructured&gt; all = Manifests.read(new FileSystemResource("everything.yaml"));
 * String yaml = Manifests.write(web);
 * </pre>
 * <p>
 * YAML is read as kubectl reads it: {@code yes} and {@code on} are booleans, {@code 0644}
 * is octal, {@code 12:30} is text. A name that occurs twice in an object is refused. The
 * items of a list count as objects of their own, and documents without content do not
 * count.
 * <p>
 * Reading fails with a {@link ManifestException} that says of each document that is
 * broken which one it is, at what line, and why. No message quotes the text, which may
 * hold secrets.
 *
 * @since 0.1.0
 * @see DynamicClient#apply(String, io.github.k8sclient.client.ApplyOptions)
 */
public final class Manifests {

	private Manifests() {
	}

	/**
	 * Read objects of any kinds.
	 * @param manifest YAML or JSON
	 * @return the objects, in their order
	 * @throws ManifestException if a document cannot be read
	 */
	public static List<Unstructured> read(String manifest) {
		return objects(documents(manifest));
	}

	/**
	 * Read objects of any kinds.
	 * @param manifest YAML or JSON in UTF-8; read to its end, and not closed
	 * @return the objects, in their order
	 * @throws ManifestException if a document cannot be read
	 * @throws UncheckedIOException if the stream cannot be read
	 */
	public static List<Unstructured> read(InputStream manifest) {
		return read(text(manifest));
	}

	/**
	 * Read objects of any kinds.
	 * @param manifest YAML or JSON in UTF-8, such as a file or a resource of the class
	 * path
	 * @return the objects, in their order
	 * @throws ManifestException if a document cannot be read
	 * @throws UncheckedIOException if the resource cannot be read
	 */
	public static List<Unstructured> read(Resource manifest) {
		return read(text(manifest));
	}

	/**
	 * Read one object.
	 * @param manifest YAML or JSON with one object
	 * @param type the class of a built-in kind, or one that is annotated with
	 * {@link io.github.k8sclient.meta.CustomResource}
	 * @param <T> the type of the object
	 * @return the object
	 * @throws ManifestException if the manifest cannot be read, is of another kind or API
	 * version, does not fit the class, or has another object
	 * @throws KubernetesException if the manifest has no object
	 * @throws IllegalArgumentException if the class is neither of a built-in kind nor
	 * annotated
	 */
	public static <T extends KubernetesObject> T read(String manifest, Class<T> type) {
		GroupVersionKind kind = Resources.of(type).kind();
		List<ManifestDocument> documents = documents(manifest);
		List<Unstructured> objects = objects(documents);
		if (objects.isEmpty()) {
			throw new KubernetesException("The manifest has no object");
		}
		if (objects.size() > 1) {
			throw failure(documents, 1, new KubernetesException("only one object is expected"));
		}
		Unstructured object = objects.get(0);
		if (!kind.equals(object.groupVersionKind())) {
			throw failure(documents, 0,
					new KubernetesException("a " + kind.kind() + " of " + kind.groupVersion() + " is expected"));
		}
		try {
			return object.to(type);
		}
		catch (DecodingException ex) {
			throw failure(documents, 0, ex);
		}
	}

	/**
	 * Read one object.
	 * @param manifest YAML or JSON in UTF-8; read to its end, and not closed
	 * @param type the class of the object
	 * @param <T> the type of the object
	 * @return the object
	 * @throws UncheckedIOException if the stream cannot be read
	 * @see #read(String, Class)
	 */
	public static <T extends KubernetesObject> T read(InputStream manifest, Class<T> type) {
		return read(text(manifest), type);
	}

	/**
	 * Read one object.
	 * @param manifest YAML or JSON in UTF-8, such as a file or a resource of the class
	 * path
	 * @param type the class of the object
	 * @param <T> the type of the object
	 * @return the object
	 * @throws UncheckedIOException if the resource cannot be read
	 * @see #read(String, Class)
	 */
	public static <T extends KubernetesObject> T read(Resource manifest, Class<T> type) {
		return read(text(manifest), type);
	}

	/**
	 * Write an object as YAML, as {@code kubectl get -o yaml} does: whole, the data of a
	 * {@code Secret} among it, and the members sorted by their names.
	 * @param object a tree, or an object of a built-in kind or an annotated class
	 * @return a document that {@link #read(String)} reads
	 * @throws IllegalArgumentException if the class is neither
	 */
	public static String write(KubernetesObject object) {
		return YamlTree.write(Unstructured.of(object).toMap());
	}

	/**
	 * Write objects as YAML, each as {@link #write(KubernetesObject)} does.
	 * @param objects trees, or objects of built-in kinds or annotated classes
	 * @return documents with a line of three hyphens between them
	 * @throws IllegalArgumentException if a class is neither
	 */
	public static String write(Collection<? extends KubernetesObject> objects) {
		Assert.notNull(objects, "'objects' must not be null");
		return objects.stream().map(Manifests::write).collect(Collectors.joining("---\n"));
	}

	private static List<ManifestDocument> documents(String manifest) {
		Assert.notNull(manifest, "'manifest' must not be null");
		return YamlDocuments.read(manifest);
	}

	private static List<Unstructured> objects(List<ManifestDocument> documents) {
		List<Unstructured> objects = new ArrayList<>();
		List<ManifestException.Failure> failures = new ArrayList<>();
		for (ManifestDocument document : documents) {
			if (document.object() != null) {
				objects.add(document.object());
			}
			if (document.problem() != null) {
				failures.add(document.failure(document.problem()));
			}
		}
		if (!failures.isEmpty()) {
			throw new ManifestException(failures, documents.size());
		}
		return List.copyOf(objects);
	}

	private static ManifestException failure(List<ManifestDocument> documents, int index, Throwable cause) {
		return new ManifestException(List.of(documents.get(index).failure(cause)), documents.size());
	}

	private static String text(Resource manifest) {
		Assert.notNull(manifest, "'manifest' must not be null");
		try {
			return manifest.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(InputStream manifest) {
		Assert.notNull(manifest, "'manifest' must not be null");
		try {
			return new String(manifest.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
