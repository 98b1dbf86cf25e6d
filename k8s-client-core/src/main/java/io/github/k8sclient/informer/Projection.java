package io.github.k8sclient.informer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.k8sclient.meta.KubernetesObject;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a record a view of a built-in kind, which holds some fields of its objects and
 * nothing else. What the record does not name is skipped in the bytes from the server and
 * never becomes an object.
 *
 * <pre class="code">
 * &#064;Projection(of = Pod.class)
 * record PodView(ObjectMeta metadata, &#064;Projection.Field("spec.nodeName") String node) implements ProjectedObject {
 * }
 *
 * SharedInformer&lt;PodView&gt; pods = factory.forProjection(PodView.class).informer();
 * </pre>
 * <p>
 * A component has the type that the field has in the class of the kind. As there, lists
 * and maps are empty when they are absent, and everything else is {@code null}; the
 * record must accept that, as the bookmarks of a watch have nothing but metadata. A view
 * is read from JSON, and cannot be written.
 * <p>
 * A custom resource needs no projection: a record that is annotated with
 * {@link io.github.k8sclient.meta.CustomResource} holds its own components and nothing
 * else already.
 * <p>
 * The record is read by reflection. A native image has the hints for it if it is in a
 * package that Spring's {@code @ReflectiveScan} scans.
 *
 * @since 0.1.0
 * @see SharedInformerFactory#forProjection(Class)
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Reflective(ProjectionHints.class)
public @interface Projection {

	/**
	 * The class of the kind that the record is a view of.
	 * @return the class, such as {@code Pod}
	 */
	Class<? extends KubernetesObject> of();

	/**
	 * Names the field that a component of the record holds. A component without it holds
	 * the field of its own name.
	 */
	@Documented
	@Target(ElementType.RECORD_COMPONENT)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Field {

		/**
		 * The path of the field.
		 * @return the names of the fields that lead to it, such as {@code spec.nodeName}
		 */
		String value();

	}

}
