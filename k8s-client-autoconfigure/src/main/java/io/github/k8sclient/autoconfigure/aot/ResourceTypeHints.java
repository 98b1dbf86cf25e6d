package io.github.k8sclient.autoconfigure.aot;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Set;

import io.github.k8sclient.informer.Projection;
import io.github.k8sclient.meta.CustomResource;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * Registers what is called by reflection when objects of annotated classes are read and
 * written: the members of the class and of all classes of the application in it, which
 * Jackson calls, and the methods by which the types of the model read and write
 * themselves.
 */
final class ResourceTypeHints {

	private static final String JAVA = "java.";

	private static final Set<String> MODEL_METHODS = Set.of("readJson", "writeJson", "readJsonList", "readJsonMap");

	private final ReflectionHints hints;

	private final Set<Class<?>> seen = new HashSet<>();

	ResourceTypeHints(ReflectionHints hints) {
		this.hints = hints;
	}

	/**
	 * Register a class.
	 * @param type a class with {@link CustomResource} or {@link Projection}
	 */
	void register(Class<?> type) {
		Projection projection = type.getAnnotation(Projection.class);
		if (projection != null) {
			registerPaths(type, projection.of());
		}
		registerType(ResolvableType.forClass(type));
	}

	private void registerType(ResolvableType type) {
		for (ResolvableType argument : type.getGenerics()) {
			registerType(argument);
		}
		Class<?> resolved = type.isArray() ? null : type.resolve();
		if (type.isArray()) {
			registerType(type.getComponentType());
		}
		if (resolved == null || resolved.isPrimitive() || resolved.getName().startsWith(JAVA)
				|| !this.seen.add(resolved)) {
			return;
		}
		if (isModel(resolved)) {
			registerModel(resolved);
			return;
		}
		this.hints.registerType(resolved, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
				MemberCategory.INVOKE_DECLARED_METHODS, MemberCategory.ACCESS_DECLARED_FIELDS);
		for (Field field : resolved.getDeclaredFields()) {
			if (!Modifier.isStatic(field.getModifiers())) {
				registerType(ResolvableType.forField(field, type));
			}
		}
		registerType(ResolvableType.forClass(resolved).getSuperType());
	}

	private static boolean isModel(Class<?> type) {
		return ReflectionUtils.findMethod(type, "readJson", (Class<?>[]) null) != null;
	}

	private void registerModel(Class<?> type) {
		for (Method method : type.getMethods()) {
			if (MODEL_METHODS.contains(method.getName())) {
				this.hints.registerMethod(method, ExecutableMode.INVOKE);
			}
		}
	}

	// A projection checks that its components have the types of the fields that they name
	private void registerPaths(Class<?> view, Class<?> source) {
		for (RecordComponent component : view.getRecordComponents()) {
			Projection.Field field = component.getAnnotation(Projection.Field.class);
			Class<?> parent = source;
			for (String name : ((field != null) ? field.value() : component.getName()).split("\\.")) {
				Method accessor = ReflectionUtils.findMethod(parent, name);
				if (accessor == null) {
					break;
				}
				this.hints.registerType(parent);
				parent = accessor.getReturnType();
			}
		}
	}

}
