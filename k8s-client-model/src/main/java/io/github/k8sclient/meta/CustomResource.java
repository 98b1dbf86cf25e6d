package io.github.k8sclient.meta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record or class as the objects of a custom resource, which are read and written
 * by Jackson:
 *
 * <pre class="code">
 * &#064;CustomResource(group = "monitoring.coreos.com", version = "v1", plural = "prometheuses")
 * record Prometheus(ObjectMeta metadata, PrometheusSpec spec, &#064;Nullable PrometheusStatus status)
 *         implements KubernetesObject {
 * }
 * </pre>
 * <p>
 * {@link KubernetesObject#apiVersion()} and {@link KubernetesObject#kind()} come from the
 * annotation, so that the class need not have them. Subclasses do not inherit it: they
 * are other kinds.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface CustomResource {

	/**
	 * Return the API group, such as {@code monitoring.coreos.com}.
	 * @return the group
	 */
	String group();

	/**
	 * Return the version, such as {@code v1}.
	 * @return the version
	 */
	String version();

	/**
	 * Return the name of the resource, such as {@code prometheuses}.
	 * @return the name in the plural
	 */
	String plural();

	/**
	 * Return the kind, such as {@code Prometheus}.
	 * @return the kind; empty for the simple name of the class
	 */
	String kind() default "";

	/**
	 * Return whether the objects live in namespaces.
	 * @return {@code false} for cluster-scoped objects
	 */
	boolean namespaced() default true;

	/**
	 * Return the fields by which the definition lets the objects be selected, as its
	 * {@code selectableFields} have them, such as {@code .spec.color}. Caches need them
	 * to answer field selectors themselves.
	 * @return the paths, none by default
	 */
	String[] selectableFields() default {};

}
