//! Errors of the library and of the system in Chinese. In English they say themselves what
//! they are.

use std::io::{self, ErrorKind};

use super::Say;
use crate::cli::replace::Refused;
use crate::config::{ConfigError, OutOfReach, ValueFault};
use crate::dictionary::{ContextError, DictionaryError, Problem, WINDOW};
use crate::encoding::{DecodeError, EncodeError, Encoding, UnknownEncoding};
use crate::lang::Lang;
use crate::language::choice::ChoiceError;
use crate::records::RecordError;
use crate::records::warc::{Misframed, WarcError, WarcFault};
use crate::regions::UnknownSyntax;
use crate::rules::UnknownRule;

/// An error that says itself what it is, in English; `None` where that has no Chinese.
trait Chinese: std::fmt::Display {
    fn chinese(&self) -> Option<String>;
}

impl<E: Chinese> Say for E {
    fn say(&self, lang: Lang) -> String {
        let chinese = match lang {
            Lang::En => None,
            Lang::Zh => self.chinese(),
        };
        chinese.unwrap_or_else(|| self.to_string())
    }
}

impl Chinese for io::Error {
    fn chinese(&self) -> Option<String> {
        if let Some(refused) = Refused::of(self) {
            return refused.chinese();
        }
        let what = match self.kind() {
            ErrorKind::NotFound => "没有这个文件或文件夹",
            ErrorKind::PermissionDenied => "权限不足",
            ErrorKind::AlreadyExists => "已有同名文件",
            ErrorKind::IsADirectory => "这是一个文件夹",
            ErrorKind::NotADirectory => "路径中有一段不是文件夹",
            ErrorKind::StorageFull => "磁盘空间不足",
            ErrorKind::ReadOnlyFilesystem => "文件系统是只读的",
            ErrorKind::FileTooLarge => "文件过大",
            ErrorKind::UnexpectedEof => "文件不完整",
            ErrorKind::InvalidData => "数据无效",
            _ => return None,
        };
        Some(match self.raw_os_error() {
            Some(number) => format!("{what}（系统错误 {number}）"),
            None => what.to_owned(),
        })
    }
}

impl Chinese for ignore::Error {
    fn chinese(&self) -> Option<String> {
        // Its text names the path too.
        let error = self.io_error()?.chinese()?;
        Some(format!("{error}：{self}"))
    }
}

impl Chinese for Refused {
    fn chinese(&self) -> Option<String> {
        let said = match self {
            Refused::Changed => "其间被其他程序改动过，保持原样",
            Refused::NoFile => "不是可以替换的普通文件",
        };
        Some(said.to_owned())
    }
}

impl Chinese for ConfigError {
    fn chinese(&self) -> Option<String> {
        Some(match self {
            ConfigError::Read { path, error } => {
                format!("{}: 无法读取：{}", path.display(), error.say(Lang::Zh))
            }
            // What is wrong is TOML's own words.
            ConfigError::Wrong {
                path,
                line,
                message,
            } => format!("{}:{line}: 设置有误：{message}", path.display()),
            ConfigError::Unknown {
                path,
                line,
                key,
                suggestion,
            } => {
                let suggestion = suggestion.as_ref();
                let meant = suggestion.map_or(String::new(), |key| format!("；是否想写 {key}？"));
                format!("{}:{line}: 没有设置项 {key}{meant}", path.display())
            }
            ConfigError::Value {
                path,
                line,
                key,
                fault,
            } => {
                let fault = fault.say(Lang::Zh);
                format!("{}:{line}: {key}: {fault}", path.display())
            }
            ConfigError::Circle { path } => {
                format!("{}: extend 的层数过多，或绕回了自身", path.display())
            }
            ConfigError::Missing { path, table } => {
                format!("{}: 缺少 [{table}] 表", path.display())
            }
        })
    }
}

impl Chinese for OutOfReach {
    fn chinese(&self) -> Option<String> {
        Some(match self {
            OutOfReach::Outside => {
                "在设置所属的仓库之外；如果信任这些设置，请用 --config 指明设置文件".to_owned()
            }
            OutOfReach::NoFile => "不是普通文件".to_owned(),
        })
    }
}

impl Chinese for ValueFault {
    fn chinese(&self) -> Option<String> {
        Some(match self {
            ValueFault::NoArray => "应为数组".to_owned(),
            ValueFault::NoTables => "应为表数组".to_owned(),
            ValueFault::NoFiles => "每一项都要写明 files = [\"通配模式\"]".to_owned(),
            ValueFault::Rule(error) => error.say(Lang::Zh),
            ValueFault::Glob(error) => format!("通配模式有误：{error}"),
            ValueFault::Path { path, fault } => {
                format!("{} {}", path.display(), fault.say(Lang::Zh))
            }
        })
    }
}

impl Chinese for DecodeError {
    fn chinese(&self) -> Option<String> {
        Some(match self {
            DecodeError::Malformed {
                encoding,
                offset,
                byte,
            } => format!(
                "偏移 {offset} 处的字节 0x{byte:02X} 不合 {encoding} 编码；\
                 请指定别的编码、修复文件，或保留损坏的字节"
            ),
            DecodeError::Unknown { tried } => {
                let tried = tried
                    .iter()
                    .map(|(encoding, offset)| format!("不是 {encoding}（偏移 {offset} 处不合）"));
                let tried = tried.collect::<Vec<_>>().join("，");
                format!("无法判断编码：{tried}；如果知道，请指定")
            }
            DecodeError::Foreign { encoding } => format!("不是中文，编码可能是 {encoding}"),
        })
    }
}

impl Chinese for EncodeError {
    fn chinese(&self) -> Option<String> {
        Some(match self {
            EncodeError::Unmappable {
                encoding,
                character,
                position,
            } => format!(
                "{encoding} 中没有“{character}”（U+{:04X}，在新文本的 {position}）；请改用别的编码",
                u32::from(*character)
            ),
            EncodeError::Irreversible { encoding } => {
                format!("这个 {encoding} 文件写回后，未改动的部分也会变化；请改用别的编码")
            }
            EncodeError::Damaged { from, to } => {
                format!("损坏的字节无法从 {from} 转换到 {to}")
            }
        })
    }
}

impl Chinese for RecordError {
    fn chinese(&self) -> Option<String> {
        Some(match self {
            RecordError::Json { offset } => {
                format!("该行在字节 {offset} 处不是有效的 JSON；保持原样")
            }
            RecordError::Utf8 { offset } => {
                format!("该行在字节 {offset} 处不是 UTF-8；保持原样")
            }
            RecordError::Long => "该行过长；保持原样".to_owned(),
        })
    }
}

impl Chinese for ChoiceError {
    fn chinese(&self) -> Option<String> {
        Some(match self {
            ChoiceError::Magic => "不是当前版本的选词表".to_owned(),
            ChoiceError::Checksum => "选词表已损坏：校验和不符".to_owned(),
            ChoiceError::Malformed(what) => format!("选词表格式有误：{what}"),
        })
    }
}

impl Chinese for DictionaryError {
    fn chinese(&self) -> Option<String> {
        let DictionaryError {
            file,
            line,
            column,
            problem,
        } = self;
        let problem = match problem {
            Problem::Columns { found } => format!("有 {found} 列，列数不对；各列以一个制表符分隔"),
            Problem::Empty { column } => format!("{column} 列不能为空，请填写"),
            Problem::Short => "伪原创词至少要有两个字；请连同相邻的字一起写".to_owned(),
            Problem::Safety => "safety 列只能是 safe、model、unsafe 或 display".to_owned(),
            Problem::Original { word } => format!("{word} 不在原词之列，请加进去"),
            Problem::Order { spun, previous } => {
                format!("{spun} 应排在 {previous} 之前：各行按伪原创词和词族排序")
            }
            Problem::SelfMap { spun } => format!("{spun} 出现在自己的原词中，请删去"),
            Problem::Duplicate {
                spun,
                family,
                other,
            } => format!("词族 {family} 在 {other} 已有 {spun}，请合为一行"),
            Problem::Cycle { family, words } => format!(
                "词族 {family} 中有循环：{}；请删去其中一个还原语境",
                words.join(" → ")
            ),
            Problem::Shadowed { spun, by, other } => {
                format!("{spun} 不起作用：{other} 的 {by} 已先行判定；请删去")
            }
            Problem::Contradiction { context } => {
                format!("`{context}` 同时列为保留语境和还原语境，请删去其一")
            }
            Problem::Context(error) => error.say(Lang::Zh),
            Problem::Header => {
                "第一行必须是各列的列名，见 dictionaries/wording/README.md".to_owned()
            }
        };
        Some(format!("{file}:{line}:{column}: {problem}"))
    }
}

impl Chinese for ContextError {
    fn chinese(&self) -> Option<String> {
        Some(match self {
            ContextError::Word { context } => {
                format!("`{context}` 中代表该词的符号 ~ 必须出现一次，且只能一次")
            }
            ContextError::Braces { context } => {
                format!("`{context}` 的花括号不成对，或者有嵌套")
            }
            ContextError::Edge { context } => {
                format!("`{context}` 中 ^ 只能在开头，$ 只能在末尾")
            }
            ContextError::Many { context } => {
                format!("`{context}` 展开后的语境过多，请分成几条来写")
            }
            ContextError::Long { context } => {
                format!("`{context}` 的一侧可能超过 {WINDOW} 个字")
            }
        })
    }
}

impl Chinese for WarcError {
    fn chinese(&self) -> Option<String> {
        let offset = self.offset;
        let fault = match &self.fault {
            WarcFault::Misframed(Misframed::Beginning) => "此处不是记录的开头".to_owned(),
            WarcFault::Misframed(Misframed::Head) => "无法读取记录头".to_owned(),
            WarcFault::Misframed(Misframed::Length) => {
                "记录没有在 Content-Length 所说的地方结束".to_owned()
            }
            WarcFault::Misframed(Misframed::BreaksOff) => "文件在记录中间中断".to_owned(),
            WarcFault::Long => "记录太长".to_owned(),
            WarcFault::UnknownDigest { field } => {
                format!("{field} 既不是 SHA-1 也不是 SHA-256，改动后无法重新计算")
            }
            WarcFault::WrongDigest { field } => format!("{field} 与记录不符"),
            WarcFault::Decode(error) => error.say(Lang::Zh),
            WarcFault::Encode(error) => error.say(Lang::Zh),
        };
        Some(match &self.id {
            Some(id) => format!("{fault}（偏移 {offset}，{id}）；保持原样"),
            None => format!("{fault}（偏移 {offset}）；保持原样"),
        })
    }
}

impl Chinese for UnknownRule {
    fn chinese(&self) -> Option<String> {
        let name = &self.name;
        Some(format!("没有规则“{name}”；zhengben rules 可列出全部规则"))
    }
}

impl Chinese for UnknownEncoding {
    fn chinese(&self) -> Option<String> {
        let all = Encoding::ALL.map(Encoding::name).join("、");
        Some(format!("“{}”不是中文编码；可用的有 {all}", self.label))
    }
}

impl Chinese for UnknownSyntax {
    fn chinese(&self) -> Option<String> {
        Some(format!(
            "没有文件类型“{}”；可用的有 plain、markdown、html、srt、vtt、ass、json、jsonl、warc、csv、tsv，\
             以及 python 等编程语言",
            self.name
        ))
    }
}
